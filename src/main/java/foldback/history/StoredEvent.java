package foldback.history;

import foldback.incident.StoredStream;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code events}, to be read, without the bytes that it was read from. */
@Entity
@Immutable
@Table(name = "events")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class StoredEvent extends PanacheEntityBase {
    static final String SIGNAL = "signal";
    static final String RESOLVED = "resolved";
    static final List<String> TYPES = List.of(SIGNAL, "acknowledged", "unacknowledged", "noted", RESOLVED);

    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "stream_id")
    public StoredStream stream;

    @Column(name = "callback_id")
    public @Nullable UUID callbackId;

    public String type;

    @Column(name = "occurred_at")
    public Instant occurredAt;

    @Column(name = "received_at")
    public Instant receivedAt;

    @Column(name = "recorded_at")
    public Instant recordedAt;

    @Column(name = "names_at")
    public @Nullable Instant namesAt;

    @Column(name = "names_id")
    public @Nullable UUID namesId;

    @Column(name = "time_estimated")
    public boolean timeEstimated;

    public @Nullable String signal;

    public @Nullable String level;

    @Column(name = "previous_level")
    public @Nullable String previousLevel;

    @Column(name = "cur_value")
    public @Nullable String curValue;

    public @Nullable String unit;

    public @Nullable String expression;

    @Column(name = "trans_id")
    public @Nullable String transId;

    @Column(name = "\"by\"")
    public @Nullable String by;

    public @Nullable String note;

    @Column(name = "alert_name")
    public @Nullable String alertName;

    public @Nullable String namespace;

    @Column(name = "metric_name")
    public @Nullable String metricName;

    @Column(name = "instance_name")
    public @Nullable String instanceName;

    @Column(name = "region_id")
    public @Nullable String regionId;

    @Column(name = "group_id")
    public @Nullable String groupId;

    /** A JSON object of text values; null where there are none. */
    public @Nullable String labels;

    @Column(name = "remote_address")
    public @Nullable String remoteAddress;

    @Column(name = "content_type")
    public @Nullable String contentType;
}

package foldback.incident;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code incidents}, to be read; the columns are explained there. Its key is the id alone here: the stream comes first in the
 * table's key for the sake of where rows lie, not because ids repeat.
 */
@Entity
@Immutable
@Table(name = "incidents")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class StoredIncident extends PanacheEntityBase {
    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "stream_id")
    public StoredStream stream;

    @Column(name = "first_at")
    public Instant firstAt;

    @Column(name = "first_id")
    public UUID firstId;

    @Column(name = "last_at")
    public Instant lastAt;

    @Column(name = "opened_at")
    public Instant openedAt;

    @Column(name = "first_received_at")
    public Instant firstReceivedAt;

    @Column(name = "resolved_at")
    public @Nullable Instant resolvedAt;

    @Column(name = "resolved_earliest")
    public @Nullable Instant resolvedEarliest;

    @Column(name = "unobserved_since")
    public @Nullable Instant unobservedSince;

    @Column(name = "acknowledged_at")
    public @Nullable Instant acknowledgedAt;

    @Column(name = "unobserved_micros")
    public long unobservedMicros;

    @Column(name = "alert_count")
    public int alertCount;

    @Column(name = "reopen_count")
    public int reopenCount;

    @Column(name = "note_count")
    public int noteCount;

    public String signal;

    public @Nullable String level;

    @Column(name = "peak_level")
    public @Nullable String peakLevel;

    @Column(name = "opened_by")
    public String openedBy;

    @Column(name = "resolved_by")
    public @Nullable String resolvedBy;

    @Column(name = "acknowledged_by")
    public @Nullable String acknowledgedBy;

    @Column(name = "opening_value")
    public @Nullable String openingValue;

    @Column(name = "current_value")
    public @Nullable String currentValue;

    @Column(name = "recovery_value")
    public @Nullable String recoveryValue;

    @Column(name = "greatest_value")
    public @Nullable String greatestValue;

    @Column(name = "smallest_value")
    public @Nullable String smallestValue;

    @Column(name = "trans_id")
    public @Nullable String transId;

    @Column(name = "alert_name")
    public @Nullable String alertName;

    public @Nullable String namespace;

    @Column(name = "metric_name")
    public @Nullable String metricName;

    @Column(name = "instance_name")
    public @Nullable String instanceName;

    @Column(name = "region_id")
    public @Nullable String regionId;

    @Column(name = "region_name")
    public @Nullable String regionName;

    @Column(name = "group_id")
    public @Nullable String groupId;

    @Column(name = "product_group_name")
    public @Nullable String productGroupName;

    public @Nullable String unit;

    public @Nullable String expression;

    /** A JSON object of text values; null where there are none. */
    public @Nullable String labels;
}

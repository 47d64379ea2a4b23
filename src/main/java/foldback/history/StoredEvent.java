package foldback.history;

import foldback.incident.StoredDisplay;
import foldback.incident.StoredStreamKey;
import foldback.listing.Weight;
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
public class StoredEvent extends StoredDisplay {
    static final String SIGNAL = "signal";
    static final String RESOLVED = "resolved";
    static final List<String> TYPES = List.of(SIGNAL, "acknowledged", "unacknowledged", "noted", RESOLVED);

    /** Of an event {@code e} with what it tells of its stream. */
    static final String WEIGHT = String.join(
            " + ",
            StoredStreamKey.WEIGHT,
            weight("e"),
            Weight.ofTexts(
                    "e", "cur_value", "expression", "trans_id", "\"by\"", "note", "remote_address", "content_type"));

    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "stream_id")
    public StoredStreamKey stream;

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

    public @Nullable String expression;

    @Column(name = "trans_id")
    public @Nullable String transId;

    @Column(name = "\"by\"")
    public @Nullable String by;

    public @Nullable String note;

    @Column(name = "remote_address")
    public @Nullable String remoteAddress;

    @Column(name = "content_type")
    public @Nullable String contentType;
}

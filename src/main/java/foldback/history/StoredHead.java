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
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code stream_heads}, to be read: the state of a stream. */
@Entity
@Immutable
@Table(name = "stream_heads")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class StoredHead extends PanacheEntityBase {
    @Id
    @Column(name = "stream_id")
    public UUID streamId;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "stream_id", insertable = false, updatable = false)
    public StoredStream stream;

    public @Nullable String signal;

    @Column(name = "signal_since")
    public @Nullable Instant signalSince;

    @Column(name = "last_signal_at")
    public @Nullable Instant lastSignalAt;

    @Column(name = "signal_count")
    public long signalCount;

    @Column(name = "stray_count")
    public long strayCount;

    @Column(name = "duplicate_count")
    public long duplicateCount;

    @Column(name = "late_count")
    public long lateCount;

    @Column(name = "incident_count")
    public long incidentCount;
}

package foldback.incident;

import foldback.listing.Parameters;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code streams}, to be read. A page's streams are read in one go. */
@Entity
@Immutable
@Table(name = "streams")
@BatchSize(size = Parameters.MAX_LIMIT)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class StoredStream extends StoredDisplay {
    @Id
    @Column(name = "stream_id")
    public UUID streamId;

    @Column(name = "user_id")
    public @Nullable String userId;

    @Column(name = "rule_id")
    public @Nullable String ruleId;

    /** A JSON object of text values. */
    public String dimensions;

    StoredStreamKey key() {
        StoredStreamKey key = new StoredStreamKey();
        key.streamId = streamId;
        key.userId = userId;
        key.ruleId = ruleId;
        key.dimensions = dimensions;
        return key;
    }
}

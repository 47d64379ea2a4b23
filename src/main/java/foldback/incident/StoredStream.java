package foldback.incident;

import foldback.listing.Parameters;
import foldback.listing.Weight;
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
    /** What makes a stream {@code s}, as each of its rows tells it. */
    public static final String KEY_WEIGHT =
            Weight.ofTexts("s", "user_id", "rule_id") + " + " + Weight.ofMap("s", "dimensions");

    @Id
    @Column(name = "stream_id")
    public UUID streamId;

    @Column(name = "user_id")
    public @Nullable String userId;

    @Column(name = "rule_id")
    public @Nullable String ruleId;

    /** A JSON object of text values. */
    public String dimensions;
}

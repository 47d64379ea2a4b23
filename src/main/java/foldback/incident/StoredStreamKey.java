package foldback.incident;

import foldback.listing.Parameters;
import foldback.listing.Weight;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * What makes a stream, as each of its incidents and events tells it: of a row of {@code streams} a part, for they are called what they were
 * called themselves. A page's streams are read in one go.
 */
@Entity
@Immutable
@Table(name = "streams")
@BatchSize(size = Parameters.MAX_LIMIT)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class StoredStreamKey extends PanacheEntityBase {
    /** Of a stream {@code s}. */
    public static final String WEIGHT =
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

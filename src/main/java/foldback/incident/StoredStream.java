package foldback.incident;

import foldback.listing.Parameters;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
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
public class StoredStream extends PanacheEntityBase {
    @Id
    @Column(name = "stream_id")
    public UUID streamId;

    @Column(name = "user_id")
    public @Nullable String userId;

    @Column(name = "rule_id")
    public @Nullable String ruleId;

    /** A JSON object of text values, as {@link #labels} is. */
    public String dimensions;

    public String labels;

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
}

package foldback.incident;

import foldback.listing.Weight;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** What CloudMonitor calls things: the columns that streams, events and incidents share. */
@MappedSuperclass
public abstract class StoredDisplay extends PanacheEntityBase {
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

    /** A JSON object of text values; of events and incidents null where there are none. */
    public @Nullable String labels;

    /** The weight of these columns. */
    public static String weight(String alias) {
        String texts = Weight.ofTexts(
                alias,
                "alert_name",
                "namespace",
                "metric_name",
                "instance_name",
                "region_id",
                "region_name",
                "group_id",
                "product_group_name",
                "unit");
        return texts + " + " + Weight.ofMap(alias, "labels");
    }
}

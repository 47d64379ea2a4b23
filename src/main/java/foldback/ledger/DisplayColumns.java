package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Display;
import java.util.List;
import java.util.function.Function;

/** The display columns that streams, events and incidents share. */
final class DisplayColumns {
    private DisplayColumns() {}

    static <T> List<Columns.Column<T>> of(Function<T, Display> display) {
        return List.of(
                column("alert_name", "text", row -> display.apply(row).alertName()),
                column("namespace", "text", row -> display.apply(row).namespace()),
                column("metric_name", "text", row -> display.apply(row).metricName()),
                column("instance_name", "text", row -> display.apply(row).instanceName()),
                column("region_id", "text", row -> display.apply(row).regionId()),
                column("region_name", "text", row -> display.apply(row).regionName()),
                column("group_id", "text", row -> display.apply(row).groupId()),
                column("product_group_name", "text", row -> display.apply(row).productGroupName()),
                column("unit", "text", row -> display.apply(row).unit()));
    }
}

package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Condition;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Snapshot;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many of four incidents as there is room for. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class WeighedRowsIT {
    private static final WeighedRows<StoredIncident> INCIDENTS =
            new WeighedRows<>(StoredIncident.class, "i", StoredIncident.WEIGHT);
    private static final long PLENTY = 1 << 20;

    @Inject
    Snapshot snapshot;

    @ParameterizedTest
    @CsvSource({
        "5, 1000000, 4, false",
        "4, 1000000, 4, false",
        "3, 1000000, 3, true",
        "1, 1000000, 1, true",
        "0, 1000000, 0, true",
        "4, 1, 1, true",
        "4, 0, 1, true",
        "0, 0, 0, true"
    })
    void saysWhetherThereAreMore(int rows, long bytes, int read, boolean more) {
        Portion<StoredIncident> portion = read(new Room(rows, bytes));
        assertEquals(read, portion.rows().size());
        assertEquals(more, portion.more());
    }

    @Test
    void theRowThatExceedsTheRoomIsTheLast() {
        long three = read(new Room(3, PLENTY)).weight();
        assertEquals(3, read(new Room(4, three - 1)).rows().size());
        assertEquals(4, read(new Room(4, three)).rows().size());
    }

    @Test
    void whereTheLastRowOfAllExceedsTheRoomThereAreNoMore() {
        long four = read(new Room(4, PLENTY)).weight();
        Portion<StoredIncident> portion = read(new Room(4, four - 1));
        assertEquals(4, portion.rows().size());
        assertTrue(portion.weight() > four - 1);
        assertEquals(false, portion.more());
        assertEquals(new Room(0, 0), new Room(4, four - 1).after(portion));
    }

    private Portion<StoredIncident> read(Room room) {
        Where where = new Where();
        where.and(Condition.of(
                "i.stream_id in (select s.stream_id from streams s where s.rule_id = ?)", FourIncidents.sent().id));
        String page = "select i.* from incidents i where " + where.sql();
        return snapshot.ask(session -> INCIDENTS.read(session, page, where, "i.opened_at desc, i.id desc", room));
    }
}

package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Portion;
import foldback.listing.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page made of rows that come in any order is the one that sorting all of them would give. */
class FirstRowsTest {
    private static final Instant ASKED = Instant.parse("2025-03-04T00:00:00Z");
    private static final InOrder ORDER = new InOrder(new Sort(Sort.By.RESOLVED_AT, true), ASKED);
    private static final int EMPTY = 4 * "{}".length();

    @Test
    void everyPageIsThatOfTheSortedRows() {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<StoredIncident> all = rows(random, 1 + random.nextInt(30));
            List<StoredIncident> sorted =
                    all.stream().sorted(Comparator.comparing(ORDER::of, ORDER)).toList();
            // Some lie in the table, sorted already; the others come as they are folded.
            List<StoredIncident> stored = sorted.stream()
                    .filter(row -> row.id.getLeastSignificantBits() % 3 == 0)
                    .toList();
            Room room = new Room(1 + random.nextInt(7), random.nextBoolean() ? 1 << 20 : 60);
            List<UUID> walked = new ArrayList<>();
            StoredIncident last = null;
            boolean more = true;
            while (more) {
                Portion<StoredIncident> page = page(all, stored, room, last);
                assertTrue(page.rows().size() <= room.rows(), "seed " + seed);
                page.rows().forEach(row -> walked.add(row.id));
                more = page.more();
                last = page.rows().get(page.rows().size() - 1);
                long before = page.weight() - last.weight();
                assertTrue(before <= room.bytes(), "seed " + seed + ": " + before + " before the last row");
            }
            assertEquals(sorted.stream().map(row -> row.id).toList(), walked, "seed " + seed);
        }
    }

    @Test
    void whatTheTableLeftOutComesBeforeWhatLiesBehindIt() {
        List<StoredIncident> rows =
                IntStream.rangeClosed(1, 6).mapToObj(n -> row(n, n, 0)).toList();
        // Of the table's 6, 5, 4 and more, two were given, since their texts were long; 1 is no row of the table.
        FirstRows page = new FirstRows(
                ORDER, new Room(10, 1000), null, new Portion<>(List.of(rows.get(5), rows.get(4)), 0, true));
        page.offer(rows.get(0));
        assertEquals(List.of(rows.get(5), rows.get(4)), page.portion().rows());
        assertTrue(page.portion().more());
    }

    @Test
    void noMoreIsHeldThanIsShown() {
        FirstRows page = new FirstRows(ORDER, new Room(5, 100), null, new Portion<>(List.of(), 0, false));
        for (int n = 1; n <= 1000; n++) {
            page.offer(row(n, n, 10));
            assertTrue(page.portion().weight() <= 100 + EMPTY + 10, "after " + n);
        }
        assertEquals(5, page.portion().rows().size());
        assertTrue(page.portion().more());
    }

    @Test
    void nothingIsAPageToo() {
        FirstRows page = new FirstRows(ORDER, new Room(5, 100), null, new Portion<>(List.of(), 0, false));
        assertEquals(List.of(), page.portion().rows());
        assertFalse(page.portion().more());
    }

    private static Portion<StoredIncident> page(
            List<StoredIncident> all, List<StoredIncident> stored, Room room, StoredIncident last) {
        InOrder.Place after = last == null ? null : ORDER.of(last);
        List<StoredIncident> behind = stored.stream()
                .filter(row -> after == null || ORDER.compare(ORDER.of(row), after) > 0)
                .toList();
        int given = Math.min(room.rows(), behind.size());
        Portion<StoredIncident> begun = new Portion<>(behind.subList(0, given), 0, given < behind.size());
        FirstRows page = new FirstRows(ORDER, room, after, begun);
        all.stream().filter(row -> !stored.contains(row)).forEach(page::offer);
        return page.portion();
    }

    private static List<StoredIncident> rows(Random random, int count) {
        List<StoredIncident> rows = new ArrayList<>(IntStream.rangeClosed(1, count)
                .mapToObj(n -> row(n, random.nextInt(4) == 0 ? null : random.nextInt(6), random.nextInt(40)))
                .toList());
        Collections.shuffle(rows, random);
        return rows;
    }

    private static StoredIncident row(int n, Integer resolved, int length) {
        StoredIncident row = new StoredIncident();
        row.stream = new StoredStreamKey();
        row.stream.dimensions = "{}";
        row.id = new UUID(0x0195_0000_0000_7000L, 0x8000_0000_0000_0000L + n);
        row.openedAt = ASKED;
        row.resolvedAt = resolved == null ? null : ASKED.plusSeconds(resolved);
        row.alertName = "x".repeat(length);
        return row;
    }
}

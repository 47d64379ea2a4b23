package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedPositionTest {
    @Test
    void isReadFromWhatItIsWrittenAs() {
        for (FeedPosition place : List.of(
                new FeedPosition(0, 0), new FeedPosition(741, 12), new FeedPosition(1L << 60, (1L << 61) + 1))) {
            assertEquals(Optional.of(place), FeedPosition.parse(place.text()));
        }
    }

    @Test
    void whatIsNoneReadsAsNone() {
        for (String text : List.of(
                "", "-", "12", "1-", "-1", "1-2-3", "1 2", "A-1", "1-é", "zzzzzzzzzzzzz-1", "1-0000000000000")) {
            assertEquals(Optional.empty(), FeedPosition.parse(text), text);
        }
    }

    @Test
    void transactionsComeFirstAndThenTheirRows() {
        assertTrue(new FeedPosition(2, 9).isBefore(new FeedPosition(3, 1)));
        assertTrue(new FeedPosition(3, 1).isBefore(new FeedPosition(3, 2)));
    }
}

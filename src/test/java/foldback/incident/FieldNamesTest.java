package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.fold.Field;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the core says of fields holds of all that clients see. */
class FieldNamesTest {
    @Test
    void everyFieldThatClientsSeeIsOneOfTheCoreInTheSameOrder() {
        assertEquals(
                Stream.of(IncidentView.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList(),
                Stream.of(Field.values()).map(Field::key).toList());
    }
}

package foldback.repetition;

/** An answer that knows its tag. */
public interface Tagged {
    EntityTag tag();
}

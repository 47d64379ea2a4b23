package foldback.listing;

import jakarta.inject.Singleton;

/** The places of what people change: a lock that they wait for must not cost callbacks the connections of the pool. */
@Singleton
public class Writes {
    private static final int AT_ONCE = 4;
    private static final int MOST_WAITING = 40;

    private final Places places = new Places(AT_ONCE, MOST_WAITING);

    Writes() {}

    public <T, E extends Exception> T in(Places.Work<T, E> work) throws E {
        return places.in(work);
    }
}

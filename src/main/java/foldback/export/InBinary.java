package foldback.export;

import org.postgresql.PGConnection;

/**
 * Values of what comes through a cursor as they are instead of as text, which both sides would have to write and read. For that the driver
 * names its statements, which must not be done where nothing may outlive a transaction: the next one may have another connection behind a
 * PgBouncer.
 */
final class InBinary {
    /** From the first execution of a statement on; as a rule only what is executed often is worth asking for its types. */
    private static final int ALWAYS = -1;

    private static final int NEVER_NAMED = 0;

    private InBinary() {}

    static void run(PGConnection connection, Runnable reading) {
        int others = connection.getPrepareThreshold();
        if (others == NEVER_NAMED) {
            reading.run();
            return;
        }
        connection.setPrepareThreshold(ALWAYS);
        try {
            reading.run();
        } finally {
            connection.setPrepareThreshold(others);
        }
    }
}

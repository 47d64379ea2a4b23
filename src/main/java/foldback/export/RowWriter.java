package foldback.export;

import java.io.IOException;

/** Takes one row after the other, and keeps none. */
public interface RowWriter<T> {
    void write(T row) throws IOException;

    /** Hands on what it still holds, once there are no more rows. What it writes to stays open. */
    void end() throws IOException;
}

package foldback.export;

import java.io.IOException;
import org.hibernate.Session;

/** Reads all rows of an export in its transaction, and hands each on before it reads many more. */
@FunctionalInterface
public interface Rows<T> {
    void read(Session session, RowWriter<T> sink) throws IOException;
}

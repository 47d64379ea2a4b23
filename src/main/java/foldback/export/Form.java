package foldback.export;

import java.io.IOException;
import java.util.function.Function;

/**
 * What an export writes of each row that it reads.
 *
 * @param name of what it is, a part of the file's name: {@code incidents}
 * @param of makes what is written, in the thread that writes it
 */
public record Form<E, T>(String name, Table<T> table, Function<E, T> of) {

    /** The same of rows of which those that it takes are made. */
    public <S> Form<S, T> from(Function<S, E> before) {
        return new Form<>(name, table, of.compose(before));
    }

    RowWriter<E> onto(RowWriter<T> writer) {
        return new RowWriter<>() {
            @Override
            public void write(E row) throws IOException {
                writer.write(of.apply(row));
            }

            @Override
            public void end() throws IOException {
                writer.end();
            }
        };
    }
}

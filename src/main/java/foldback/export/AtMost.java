package foldback.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets so many bytes pass, and fails before there is one more. */
final class AtMost extends FilterOutputStream {
    private final int most;
    private int passed;

    AtMost(OutputStream out, int most) {
        super(out);
        this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
        pass(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int begin, int length) throws IOException {
        pass(length);
        out.write(bytes, begin, length);
    }

    private void pass(int length) throws IOException {
        if (length > most - passed) {
            throw new IOException("the file would have more than " + most + " bytes");
        }
        passed += length;
    }
}

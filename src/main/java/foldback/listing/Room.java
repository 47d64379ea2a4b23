package foldback.listing;

/**
 * What still fits on a page. A page ends where its texts exceed a bound, so that a thousand rows of a sender who writes 200 KB into every
 * field cannot exhaust the memory; the row that exceeds it is the last one, so that each row comes, if need be alone.
 *
 * @param rows how many
 * @param bytes how much text, in UTF-8
 */
public record Room(int rows, long bytes) {
    /** Several times this is what a page takes while it is answered; ordinary rows of a full page have a tenth of it. */
    static final long BYTES_OF_A_PAGE = 8 << 20;

    public static Room ofPage(int limit) {
        return new Room(limit, BYTES_OF_A_PAGE);
    }

    /** What the rows of the portion leave; nothing where they were the last that fitted. */
    public Room after(Portion<?> portion) {
        long left = bytes - portion.weight();
        return left < 0 ? new Room(0, 0) : new Room(rows - portion.rows().size(), left);
    }
}

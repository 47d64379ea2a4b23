package foldback.ledger;

import java.sql.SQLException;

/** What a failed transaction means for the one who tries it: the classes of SQLSTATE (PostgreSQL manual, appendix A). */
enum SqlFailure {
    /** It met another transaction and may simply be tried again. */
    COLLISION,
    /** Another transaction has held what it needs for longer than it can wait. */
    LOCKED_OUT,
    /** The data cannot be stored, now or later. */
    DATA,
    /** The database is away, going away, or has no room; nothing is wrong with the data. */
    UNAVAILABLE;

    static SqlFailure of(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.length() != 5) {
            return UNAVAILABLE;
        }
        return switch (state.substring(0, 2)) {
            case "40" -> COLLISION;
            case "21", "22", "23", "44", "54" -> DATA;
            case "55" -> "55P03".equals(state) ? LOCKED_OUT : UNAVAILABLE;
            default -> UNAVAILABLE;
        };
    }
}

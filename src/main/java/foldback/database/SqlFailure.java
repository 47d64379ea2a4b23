package foldback.database;

import java.sql.SQLException;

/** What a failure of the database means for whoever asked: the classes of SQLSTATE (PostgreSQL manual, appendix A). */
public enum SqlFailure {
    /** It met another transaction and may simply be tried again. */
    COLLISION,
    /** Another transaction has held what it needs for longer than it can wait. */
    LOCKED_OUT,
    /** It took longer than it may. The database is there: it was the one to say so. */
    TOO_SLOW,
    /** The data cannot be stored, now or later. */
    DATA,
    /** The database is away, going away, or has no room; nothing is wrong with what was asked. */
    AWAY,
    /** The database is there and cannot do it: a table or a right is missing, or the statement is wrong. */
    UNFIT;

    public static SqlFailure of(SQLException e) {
        String state = e.getSQLState();
        // The pool knows no states: it has no connection to give. The driver's own unknown one is empty.
        if (state == null || state.isEmpty()) {
            return AWAY;
        }
        if (state.length() != 5) {
            return UNFIT;
        }
        if ("57014".equals(state)) {
            return TOO_SLOW;
        }
        return switch (state.substring(0, 2)) {
            case "40" -> COLLISION;
            case "21", "22", "23", "44", "54" -> DATA;
            case "55" -> "55P03".equals(state) ? LOCKED_OUT : UNFIT;
            // 99 is the driver's, for a connection that the pool gave up while it was made.
            case "08", "53", "57", "99" -> AWAY;
            default -> UNFIT;
        };
    }

    /** Whether the same may succeed a little later. */
    public boolean passes() {
        return switch (this) {
            case COLLISION, LOCKED_OUT, TOO_SLOW, AWAY -> true;
            case DATA, UNFIT -> false;
        };
    }

    /** Whether nothing can be written now, whatever it is. */
    public boolean isOfTheDatabase() {
        return this == AWAY || this == UNFIT;
    }
}

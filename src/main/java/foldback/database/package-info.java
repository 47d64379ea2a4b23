/** PostgreSQL by JDBC, whatever is stored there: limits, transactions, what a failure means, and many statements or values in one message. */
@NullMarked
package foldback.database;

import org.jspecify.annotations.NullMarked;

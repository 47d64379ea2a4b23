/** Where callbacks wait while the database does not commit: a bounded file on local disk, and what the database is told of it. */
@NullMarked
package foldback.spool;

import org.jspecify.annotations.NullMarked;

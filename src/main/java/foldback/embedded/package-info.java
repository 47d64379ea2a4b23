/** The PostgreSQL inside: for where none is configured, unpacked, started, guarded and stopped by the service itself. */
@NullMarked
package foldback.embedded;

import org.jspecify.annotations.NullMarked;

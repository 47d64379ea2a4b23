/** What the service does with directories, whatever they hold: one process at a time has one. */
@NullMarked
package foldback.disk;

import org.jspecify.annotations.NullMarked;

/** Lists over HTTP: what was asked for, the filters and their SQL, cursors and pages, and the snapshot that answers. */
@NullMarked
package foldback.listing;

import org.jspecify.annotations.NullMarked;

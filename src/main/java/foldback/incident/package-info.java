/** Asking and acting: incidents over HTTP, and what all lists here have in common (filters, sorts, pages, cursors). */
@NullMarked
package foldback.incident;

import org.jspecify.annotations.NullMarked;

/** Asking and acting: incidents over HTTP, their lists, timelines and counts, and what people do about them. */
@NullMarked
package foldback.incident;

import org.jspecify.annotations.NullMarked;

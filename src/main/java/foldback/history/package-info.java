/**
 * What was recorded, over HTTP: streams and the log of their events. Of {@code callback} it uses only the two pure functions that read
 * an event's fields and conditions from what was sent.
 */
@NullMarked
package foldback.history;

import org.jspecify.annotations.NullMarked;

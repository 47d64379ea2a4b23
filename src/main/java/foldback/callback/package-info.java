/**
 * Receiving: what CloudMonitor posts, from its bytes to the readings that are recorded, or to the reason why it cannot be read. The
 * parsers are pure: no clock, no network, nothing but the body.
 */
@NullMarked
package foldback.callback;

import org.jspecify.annotations.NullMarked;

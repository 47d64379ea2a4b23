/**
 * The core: the pure function from a stream's events to its incidents. It knows neither clock, network nor database; everything it
 * needs comes in as an argument, so that the same events give the same incidents on every replica, live or rebuilt.
 */
@NullMarked
package foldback.fold;

import org.jspecify.annotations.NullMarked;

/**
 * The live feed over HTTP: one thread reads what was recorded, whoever wrote it, makes text of it once, and hands it to all who listen; a
 * second one serves those that begin, or resume, until they have caught up with the first.
 */
@NullMarked
package foldback.live;

import org.jspecify.annotations.NullMarked;

/**
 * For whoever runs the service: what is prepared and checked at its start, health and metrics, completeness, rebuilds, and connections that
 * have gone silent.
 */
@NullMarked
package foldback.ops;

import org.jspecify.annotations.NullMarked;

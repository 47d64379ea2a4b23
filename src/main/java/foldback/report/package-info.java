/**
 * Reports: how long incidents last, for whom, and whether that changes. PostgreSQL sums up; what has to see one duration after the other,
 * in their order, is done here with constant memory.
 */
@NullMarked
package foldback.report;

import org.jspecify.annotations.NullMarked;

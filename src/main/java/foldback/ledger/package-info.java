/** Recording: what was read becomes durable here, is folded in the same transaction, and only then answered. Each table has one writer. */
@NullMarked
package foldback.ledger;

import org.jspecify.annotations.NullMarked;

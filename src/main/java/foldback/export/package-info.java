/** Every match of a list at once: how its rows are read, what they are written as, and who may have how much of it. */
@NullMarked
package foldback.export;

import org.jspecify.annotations.NullMarked;

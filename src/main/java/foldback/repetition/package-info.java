/** What is asked or sent again: answers that a client still has, and actions that it is not sure to have carried out. */
@NullMarked
package foldback.repetition;

import org.jspecify.annotations.NullMarked;

/** What texts are found by, pure: the terms that an index holds, and the words that people search for. */
@NullMarked
package foldback.search;

import org.jspecify.annotations.NullMarked;

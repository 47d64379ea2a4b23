/** What texts are found by, pure: the terms that an index holds, and the words that people search for. */
@org.jspecify.annotations.NullMarked
package foldback.search;

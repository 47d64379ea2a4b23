/** What the service refuses, all of it, and how it says so: RFC 9457. */
@NullMarked
package foldback.problem;

import org.jspecify.annotations.NullMarked;

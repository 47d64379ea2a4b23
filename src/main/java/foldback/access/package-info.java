/** Who may call: callback tokens, API keys and roles, and where the service may listen without them. */
@NullMarked
package foldback.access;

import org.jspecify.annotations.NullMarked;

/** Who may call: callback tokens, API keys and roles, and where the service may listen without them. */
package foldback.access;

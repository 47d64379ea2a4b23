/** For whoever runs the service: checks at start-up, health, and what it says when it is ready. */
package foldback.ops;

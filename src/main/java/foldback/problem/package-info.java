/** What the service refuses, all of it, and how it says so: RFC 9457. */
package foldback.problem;

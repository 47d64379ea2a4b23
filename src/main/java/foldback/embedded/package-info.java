/** The PostgreSQL inside: for where none is configured, unpacked, started, guarded and stopped by the service itself. */
package foldback.embedded;

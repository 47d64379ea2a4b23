/** What the service does with directories, whatever they hold: one process at a time has one. */
package foldback.disk;

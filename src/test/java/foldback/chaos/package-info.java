/** What bad days do to the service: it is killed, cut off, starved, flooded, and must have lost nothing that it acknowledged. */
package foldback.chaos;

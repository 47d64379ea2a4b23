package foldback.listing;

/**
 * Rows of a list and their order, for a query that adds what else it needs.
 *
 * @param where which rows
 * @param order by what they are sorted, a total order
 */
public record Selection(Where where, String order) {}

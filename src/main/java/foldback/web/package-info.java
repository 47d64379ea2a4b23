/**
 * Pages: what the API answers, made to be read and printed. It asks the same questions as the API and holds no rules; nothing that it shows
 * was found out here.
 */
@NullMarked
package foldback.web;

import org.jspecify.annotations.NullMarked;

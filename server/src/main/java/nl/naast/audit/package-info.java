/** The hash-chained trail of what staff did and what was destroyed. */
package nl.naast.audit;

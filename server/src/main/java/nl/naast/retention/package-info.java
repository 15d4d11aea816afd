/** Forgetting: the sweep that destroys what has expired (docs/retention.md). */
package nl.naast.retention;

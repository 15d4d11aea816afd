/** Figures for an operator (docs/operations.md): how many, how long, which kind; never who. Only this package knows the Prometheus client. */
package nl.naast.metrics;

/** Tiny classes that each break one house rule: they prove that the rule can fail ({@link nl.naast.house.ArchitectureTest}). */
package nl.naast.house.twin;

/** The one desk of an expert: who takes the lease has it, with a fencing number on every write. */
package nl.naast.desk;

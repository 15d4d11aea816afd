/** The texts of the BUM panel at the desk: a file that an organisation may change, read and checked at start, handed on as it is. Nothing of how an expert uses it comes back. */
package nl.naast.guide;

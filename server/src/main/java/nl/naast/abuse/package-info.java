/** Limits on what one capability, desk or socket may do; nothing here knows an address. */
package nl.naast.abuse;

/** What the server checks of envelopes it cannot read: the public MLS framing (RFC 9420 §6), by a bounded parser without cryptography. Imports only the JDK. */
package nl.naast.framing;

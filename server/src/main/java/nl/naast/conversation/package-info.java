/** What one visitor and her expert have together: the relay of envelopes that the server cannot read, and the rules of its states (protocol.md §7, §8). */
package nl.naast.conversation;

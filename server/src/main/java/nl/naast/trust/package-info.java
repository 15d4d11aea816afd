/** Statements, rosters and revocations (docs/formats.md): checked on top, stored and served, never signed here, and never judged here either: whom to believe is decided by the clients, from the root compiled into them. */
package nl.naast.trust;

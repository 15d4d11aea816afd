/** What every capability stands on, without a word of the domain: the embedded store, sealing and tags, time, randomness, strict JSON. Imports only JDK, Vert.x, the database driver and Bouncy Castle. */
package nl.naast.platform;

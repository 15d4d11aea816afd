/** What every capability stands on, without a word of the domain: the embedded store, sealing and tags (AES-256-GCM and HMAC-SHA-256 of the JDK), time, randomness, ids, outcomes. Imports only JDK and Vert.x; the database driver is reached through JDBC. */
package nl.naast.platform;

/**
 * The organisation root, on the command line: {@code ./naast keys init | enroll | certify | rotate | show}. A program of its own, for a machine without a network (docs/key-ceremony.md): no server, no store, and
 * the server imports nothing of it. The only room of Bouncy Castle: encrypted PKCS#8 with scrypt, which the JDK lacks.
 */
package nl.naast.keys;

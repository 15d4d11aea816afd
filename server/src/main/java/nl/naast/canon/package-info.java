/**
 * The canonical byte forms of {@code docs/formats.md} §1–4: statements, signers' certificates, rosters, revocations, and the signatures on them. Values only: nothing here
 * stores, asks or decides whom to believe. A base package: {@code trust} keeps what it reads here, {@code trial} signs it. Imports nothing but the JDK.
 *
 * <p>Every form has exactly one encoding: whatever {@code parse} takes, {@code encode} gives back byte for byte.
 */
package nl.naast.canon;

/**
 * The trial set-up: an organisation root and two roster signers made for one checkout, and the process that signs with them. Two programs of their own, on the same machine as
 * whoever tries Naast out; the server imports nothing of this and sees no private half. Loopback only; never for a real helpline.
 */
package nl.naast.trial;

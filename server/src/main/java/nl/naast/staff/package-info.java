/**
 * The people of the helpline: invitations, passkeys, sessions, suspension. Everything here is a row (docs/adr/0012): after the server's death the desk goes on without a new sign-in, and nobody is signed in
 * because a process remembers so.
 */
package nl.naast.staff;

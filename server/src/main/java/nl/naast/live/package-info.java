/** Connections: sockets, held polls, who is there; frames to use cases and announcements to frames. */
package nl.naast.live;

/** Frames: what goes over the wire as types, read once and written once (protocol.md §2–§6). */
package nl.naast.wire;

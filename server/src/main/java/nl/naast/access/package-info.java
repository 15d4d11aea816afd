/** Who speaks: callers, roles, and the handlers that find out. Whether she may do it is asked where it is done. */
package nl.naast.access;

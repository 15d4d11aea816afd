/** The waiting line: by order of arrival, filtered by language; a claim is one conditional write. */
package nl.naast.queue;

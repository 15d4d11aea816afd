/** What a member of staff's pages keep with us so that any browser of hers can go on: sealed items with a version each, and the lines of a conversation's history. All of it is opaque here. */
package nl.naast.vault;

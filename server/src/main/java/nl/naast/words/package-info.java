/**
 * The two word lists of {@code config/words} (docs/formats.md §11): a hash or a secret said in words that people can compare and type. A base package; imports {@code canon} and {@code platform} only.
 */
package nl.naast.words;

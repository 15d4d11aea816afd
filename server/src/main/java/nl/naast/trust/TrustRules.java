package nl.naast.trust;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who signs.
 *
 * @param organisation  the name that every statement must carry
 * @param root          the organisation's public root: roster signers sign in their browsers; empty: a trial, whose signing process does
 * @param signerUrlFile where the trial signing process writes its address; it may come later
 */
public record TrustRules(String organisation, Optional<byte[]> root, Path signerUrlFile) {
}

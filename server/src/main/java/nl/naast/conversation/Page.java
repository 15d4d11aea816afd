package nl.naast.conversation;

import java.util.List;

/**
 * Envelopes in order.
 *
 * @param more whether there are envelopes after the last of these
 */
public record Page(List<Envelope> items, boolean more) {
}

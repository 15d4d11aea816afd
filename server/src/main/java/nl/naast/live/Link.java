package nl.naast.live;

import java.util.Optional;
import nl.naast.conversation.ConversationId;
import nl.naast.conversation.Envelope;

/** One connection of one side, a socket or a held poll, as it hears what happens elsewhere. May be called from any thread. */
interface Link {
    /**
     * A conversation of hers was changed.
     *
     * @param envelope that was stored with it, when this process did; another process's is asked for
     */
    void changed(Notice.Changed change, Optional<Envelope> envelope);

    /** Her view may be another now. */
    void refresh();

    void signal(ConversationId conversation, byte[] body);

    /** The server goes down: come back after a random wait of at most this. */
    void reconnect(int afterMs);

    /** She has newer connections than this one, more than anybody needs. */
    void replaced();

    /** A second has passed. */
    void tick();
}

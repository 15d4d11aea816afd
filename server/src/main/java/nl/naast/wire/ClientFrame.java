package nl.naast.wire;

/** What a client says. {@code n}: its request number, which the answer carries back; 0 where the frame has none. */
public sealed interface ClientFrame permits VisitorFrame, DeskFrame {
    int n();
}

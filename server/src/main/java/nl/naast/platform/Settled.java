package nl.naast.platform;

/** Hears what became of the writes of {@link SqliteStore}, on the writer's thread, before anybody is told who waits for them: for what a store remembers of its rows. */
public interface Settled {
    /** What was written since the last of these calls lies on the disk. */
    void committed();

    /** Something of what was written since the last of these calls was undone, or all of it. What was not may be committed later. */
    void undone();
}

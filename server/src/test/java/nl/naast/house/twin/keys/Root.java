package nl.naast.house.twin.keys;

/** What nobody may know. */
public record Root() {
}

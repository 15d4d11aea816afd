package nl.naast.house;

/** Where a server's two listeners are, and what a browser calls them. */
public interface Origins {
    int visitorPort();

    int staffPort();

    String visitorOrigin();

    String staffOrigin();
}

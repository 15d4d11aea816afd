package nl.naast.boot;

/** One of the two origins; they share no page and no asset. */
enum Side {
    VISITOR("visitor.html", "/", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(), publickey-credentials-create=()"),
    STAFF("desk.html", "/desk", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)");

    private final String document;
    private final String path;
    private final String permissions;

    Side(String document, String path, String permissions) {
        this.document = document;
        this.path = path;
        this.permissions = permissions;
    }

    /** The built page's file name. */
    String document() {
        return document;
    }

    /** Where that page answers. */
    String path() {
        return path;
    }

    /** Permissions-Policy: all off, but for passkeys on the staff's origin. */
    String permissions() {
        return permissions;
    }
}

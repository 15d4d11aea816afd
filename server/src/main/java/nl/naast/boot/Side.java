package nl.naast.boot;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the two origins; they share no page and no asset. */
enum Side {
    VISITOR("visitor.html", "/", "()"),
    STAFF("desk.html", "/desk", "(self)");

    /** Names that browsers of today know; one that they do not know is a complaint in their console. */
    private static final String OFF = Stream.of("accelerometer", "camera", "clipboard-read", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
            "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking")
        .map(feature -> feature + "=()").collect(Collectors.joining(", "));

    private final String document;
    private final String path;
    private final String passkeys;

    Side(String document, String path, String passkeys) {
        this.document = document;
        this.path = path;
        this.passkeys = passkeys;
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
        return OFF + ", publickey-credentials-get=" + passkeys + ", publickey-credentials-create=" + passkeys;
    }
}

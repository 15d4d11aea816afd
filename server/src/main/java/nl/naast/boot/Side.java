package nl.naast.boot;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the two origins; they share no page and no asset. */
enum Side {
    VISITOR("()", new Page("/", "visitor.html", false)),
    STAFF("(self)", new Page("/desk", "desk.html", false), new Page("/console", "console.html", true));

    /**
     * A page of this side.
     *
     * @param path     where it answers
     * @param document the built page's file name
     * @param optional whether a build may do without it
     */
    record Page(String path, String document, boolean optional) {
    }

    /** Names that browsers of today know; one that they do not know is a complaint in their console. */
    private static final String OFF = Stream.of("accelerometer", "camera", "clipboard-read", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
            "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking")
        .map(feature -> feature + "=()").collect(Collectors.joining(", "));

    private final String passkeys;
    private final List<Page> pages;

    Side(String passkeys, Page... pages) {
        this.passkeys = passkeys;
        this.pages = List.of(pages);
    }

    List<Page> pages() {
        return pages;
    }

    /** Permissions-Policy: all off, but for passkeys on the staff's origin. */
    String permissions() {
        return OFF + ", publickey-credentials-get=" + passkeys + ", publickey-credentials-create=" + passkeys;
    }
}

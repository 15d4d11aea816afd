package nl.naast.boot;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.naast.canon.P256;
import nl.naast.platform.Base64Url;

/**
 * What config/naast.properties says, read once at start; each key's meaning stands there.
 *
 * @param root the organisation's public root, an uncompressed point; empty in a trial
 */
public record Settings(Listen listen, Path dataDirectory, Optional<MongoUri> mongo, Optional<Several> several, Path pagesDirectory, Staff staff, Trial trial, Optional<byte[]> root, Set<String> languages, Limits limits, Times times) {
    private static final byte[] NO_ROOT = new byte[0];
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** Empty origins stand for {@code http://localhost:} and the port really bound. */
    public record Listen(String address, int visitorPort, int staffPort, int opsPort, String visitorOrigin, String staffOrigin) {
    }

    /** Where MongoDB is; a password may be in it. */
    public record MongoUri(String text) {
        @Override
        public String toString() {
            return "MongoUri[***]";
        }
    }

    /**
     * Several processes on one database.
     *
     * @param address of this one in the network that all of them share
     * @param port where the others ask for it
     * @param busPort where the others send announcements
     * @param members host:port of all of them
     */
    public record Several(String address, int port, int busPort, Set<String> members) {
    }

    /**
     * @param organisation the name that statements carry
     * @param guide        the texts of the BUM panel
     */
    public record Staff(String organisation, Path guide) {
    }

    /** @param signerUrlFile empty path: no signing process */
    public record Trial(boolean enabled, Path signerUrlFile) {
    }

    public record Limits(int frameBytes, int envelopeBytes, int signalBytes, int keyPackageBytes, int rate, int burst, int waiting, int joins, int conversations, int sockets, int unacknowledged, int deskSlots) {
    }

    public record Times(Duration visitorGone, Duration join, Duration expertVanished, Duration expertAway, Duration talkGone, Duration pollHold, Duration envelopeLife, Duration factsAfterEnd, Duration sweep) {
    }

    /**
     * @param environment as {@link System#getenv()}
     * @param arguments key → value
     * @throws RuntimeException whose message lists all faults
     */
    public static Settings read(Path file, Map<String, String> environment, Map<String, String> arguments) {
        RawSettings raw = new RawSettings(file, environment, arguments);
        Listen listen = listen(raw);
        Path data = path(raw, "data.directory", false);
        // Whatever it says is taken here, and refused where it is used: a fault would print it.
        Optional<MongoUri> mongo = Optional.ofNullable(raw.read("mongo.uri", "a connection string, or empty", text -> text)).filter(text -> !text.isEmpty()).map(MongoUri::new);
        Optional<Several> several = several(raw);
        Path pages = path(raw, "pages.directory", false);
        Staff staff = staff(raw);
        Trial trial = trial(raw);
        Optional<byte[]> root = root(raw);
        Set<String> languages = languages(raw);
        Limits limits = limits(raw);
        Settings settings = new Settings(listen, data, mongo, several, pages, staff, trial, root, languages, limits, times(raw));
        settings.checkTogether(raw.faults);
        raw.finish();
        return settings;
    }

    Path keyFile() {
        return dataDirectory.resolve("naast.key");
    }

    private static Listen listen(RawSettings raw) {
        String address = raw.read("listen.address", "an IP address or localhost", text -> text.equals("localhost") || text.matches("[0-9a-fA-F.:]{2,45}") ? text : null);
        return new Listen(address, raw.number("visitor.port", 1, 65535), raw.number("staff.port", 1, 65535), raw.number("ops.port", 1, 65535), origin(raw, "visitor.origin"), origin(raw, "staff.origin"));
    }

    private static String origin(RawSettings raw, String key) {
        return raw.read(key, "http(s)://host[:port] without a path, or empty", text -> text.isEmpty() || isOrigin(text) ? text : null);
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme()) && text.equals(uri.getScheme() + "://" + uri.getHost() + port);
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static Optional<Several> several(RawSettings raw) {
        String address = raw.read("cluster.address", "a loopback address, or one that is private (RFC 1918, fc00::/7); or empty", text -> text.isEmpty() || isPrivate(text) ? text : null);
        int port = raw.number("cluster.port", 1, 65535);
        int busPort = raw.number("cluster.bus.port", 1, 65535);
        Set<String> members = raw.read("cluster.members", "host:port of each process, separated by commas, or empty", text -> text.isEmpty() ? Set.of() : members(text));
        if (address == null || members == null) {
            return Optional.empty();
        }
        if (address.isEmpty() && !members.isEmpty()) {
            raw.faults.add("settings", "cluster.members without cluster.address", String.join(", ", members), "empty: this process is alone");
        }
        return address.isEmpty() ? Optional.empty() : Optional.of(new Several(address, port, busPort, members));
    }

    /** Hazelcast asks for no password: nobody from outside may reach it. */
    private static boolean isPrivate(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return address.isLoopbackAddress() || address instanceof Inet4Address && address.isSiteLocalAddress() || address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static Set<String> members(String text) {
        List<String> members = List.of(text.split("\\s*,\\s*"));
        return members.stream().allMatch(member -> member.matches("[^\\s,]{1,253}:([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])")) ? Set.copyOf(members) : null;
    }

    private static Path path(RawSettings raw, String key, boolean emptyAllowed) {
        return raw.read(key, "a path", text -> (text.isEmpty() && !emptyAllowed) || text.indexOf('\0') >= 0 ? null : Path.of(text));
    }

    private static Staff staff(RawSettings raw) {
        String organisation = raw.read("organisation.name", "1 … 60 characters", text -> text.isBlank() || text.length() > 60 ? null : text);
        return new Staff(organisation, path(raw, "guide.file", false));
    }

    private static Trial trial(RawSettings raw) {
        Boolean enabled = raw.read("trial.enabled", "true or false", text -> Set.of("true", "false").contains(text) ? Boolean.valueOf(text) : null);
        // What was said of it is a fault already; then nothing more is said about what goes with the one or the other.
        return new Trial(!Boolean.FALSE.equals(enabled), path(raw, "trial.signer.url.file", true));
    }

    /** The line that the pages were built with too (NAAST_ROOT_FILE). */
    private static Optional<byte[]> root(RawSettings raw) {
        byte[] root = raw.read("trust.root.file", "a file with one line: base64url, without padding, of an uncompressed P-256 point, the organisation's public root; or empty", text -> text.isEmpty() ? NO_ROOT : point(text));
        return Optional.ofNullable(root).filter(read -> read.length > 0);
    }

    private static byte[] point(String file) {
        try {
            return Base64Url.decode(Files.readString(Path.of(file)).strip()).filter(P256::isPoint).orElse(null);
        } catch (IOException | InvalidPathException unreadable) {
            return null;
        }
    }

    private static Set<String> languages(RawSettings raw) {
        Set<String> languages = raw.read("languages", "language tags such as nl or pt-br, separated by commas", text -> text.matches("[a-z0-9-]{2,35}(\\s*,\\s*[a-z0-9-]{2,35})*") ? Set.copyOf(List.of(text.split("\\s*,\\s*"))) : null);
        return languages == null ? Set.of() : languages;
    }

    private static Limits limits(RawSettings raw) {
        return new Limits(raw.number("limit.frame.bytes", 1024, 1_048_576), raw.number("limit.envelope.bytes", 4302, 65_536), raw.number("limit.signal.bytes", 256, 4096),
            raw.number("limit.keypackage.bytes", 1024, 16_384), raw.number("limit.rate", 1, 1000), raw.number("limit.burst", 1, 10_000), raw.number("limit.waiting", 1, 100_000), raw.number("limit.joins", 1, 10_000), raw.number("limit.conversations", 1, 1_000_000), raw.number("limit.sockets", 1, 1_000_000), raw.number("limit.unacknowledged", 10, 1_000_000),
            raw.number("limit.desk.slots", 1, 2));
    }

    private static Times times(RawSettings raw) {
        return new Times(raw.duration("time.visitor.gone", "5s", "10m"), raw.duration("time.join", "5s", "10m"), raw.duration("time.expert.vanished", "5s", "10m"), raw.duration("time.expert.away", "1m", "60m"), raw.duration("time.talk.gone", "1m", "90m"),
            raw.duration("time.poll.hold", "1s", "60s"), raw.duration("time.envelope.life", "1h", "30d"), raw.duration("time.facts.after.end", "1m", "7d"), raw.duration("time.sweep", "1s", "24h"));
    }

    private void checkTogether(Faults faults) {
        checkTrial(faults);
        several.ifPresent(together -> checkSeveral(together, faults));
        if (limits.envelopeBytes() * 4 / 3 + 256 > limits.frameBytes()) {
            faults.add("settings", "limit.envelope.bytes", Integer.toString(limits.envelopeBytes()), "small enough to fit into limit.frame.bytes as base64");
        }
        if (times.pollHold() != null && (tooLong(times.visitorGone()) || tooLong(times.expertVanished()))) {
            faults.add("settings", "time.poll.hold", times.pollHold().toSeconds() + "s", "shorter than time.visitor.gone and time.expert.vanished: who polls quietly is there");
        }
    }

    private void checkSeveral(Several together, Faults faults) {
        if (mongo.isEmpty()) {
            faults.add("settings", "cluster.address without mongo.uri", together.address(), "empty: several processes need a database that they share");
        }
        String self = together.address() + ":" + together.port();
        if (trial.enabled() && !InetAddress.ofLiteral(together.address()).isLoopbackAddress()) {
            faults.add("settings", "cluster.address with trial.enabled = true", together.address(), "loopback only: trial keys protect nobody");
        }
        if (!together.members().contains(self)) {
            faults.add("settings", "cluster.members with cluster.address", String.join(", ", together.members()), "host:port of each process, this one too: " + self);
        }
    }

    private boolean tooLong(Duration noticed) {
        return noticed != null && times.pollHold().compareTo(noticed) >= 0;
    }

    /** Trial keys serve whenever the signing process is named, whatever else is said. */
    private void checkTrial(Faults faults) {
        boolean signer = trial.signerUrlFile() != null && !trial.signerUrlFile().toString().isEmpty();
        if (signer && !trial.enabled()) {
            faults.add("settings", "trial.signer.url.file with trial.enabled = false", trial.signerUrlFile().getFileName().toString(), "empty: without the trial nothing is signed by trial keys");
        }
        if (trial.enabled() == root.isPresent()) {
            faults.add("settings", "trust.root.file with trial.enabled = " + trial.enabled(), root.isPresent() ? "a root" : "", trial.enabled() ? "empty: in a trial the signing process has its own root" : "the file with the organisation's public root (docs/key-ceremony.md)");
        }
        if (trial.enabled() && listen.address() != null && !LOOPBACK.contains(listen.address())) {
            faults.add("settings", "listen.address with trial.enabled = true", listen.address(), "loopback only: trial keys protect nobody");
        }
        Map.of("visitor.origin", text(listen.visitorOrigin()), "staff.origin", text(listen.staffOrigin())).forEach((key, origin) -> {
            if (trial.enabled() && !origin.isEmpty() && !LOOPBACK.contains(URI.create(origin).getHost())) {
                faults.add("settings", key + " with trial.enabled = true", origin, "empty, or a loopback host: trial keys protect nobody");
            }
        });
    }

    private static String text(String origin) {
        return origin == null ? "" : origin;
    }
}

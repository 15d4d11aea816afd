package nl.naast.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import nl.naast.canon.Certificate;
import nl.naast.canon.Malformed;
import nl.naast.platform.OwnerFiles;

/**
 * The trial signing process: {@code TrialSigner <directory> --url-file <file>}. HTTP on a loopback port of the system's choice. The file (0600) gets one line, {@code http://127.0.0.1:PORT/TOKEN}; without the
 * token (256 random bits, new with each start) every request gets the same 404, so that another user of the machine cannot just ask.
 *
 * <p>Below that address, bytes in and out (docs/formats.md): {@code GET /signers} (u8 count, certificates), {@code POST /statement}, {@code POST /roster}, {@code POST /revocation} (unsigned in, signed out);
 * 400 for what is not canonical or not to be signed. Logs nothing.
 */
public final class TrialSigner implements AutoCloseable {
    private static final int MOST_BYTES = 65_536;

    private final Signing signing;
    private final String token;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TrialSigner(Signing signing, HttpServer server, String token) {
        this.signing = signing;
        this.server = server;
        this.token = token;
    }

    /**
     * Starts signing with the keys in a directory.
     *
     * @throws IOException              when the keys are missing or damaged, or the port cannot be had
     * @throws IllegalArgumentException when the address is not a loopback one
     */
    public static TrialSigner start(Path directory, InetAddress address, InstantSource clock) throws IOException {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("trial keys sign on a loopback address only");
        }
        byte[] token = new byte[32];
        new SecureRandom().nextBytes(token);
        TrialSigner signer = new TrialSigner(Signing.load(directory, clock), HttpServer.create(new InetSocketAddress(address, 0), 0),
            Base64.getUrlEncoder().withoutPadding().encodeToString(token));
        signer.listen();
        return signer;
    }

    private void listen() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where to ask, the token included: whoever has it can have things signed. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + token;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            boolean known = path.length == 3 && isToken(path[1]);
            String what = known ? exchange.getRequestMethod() + " " + path[2] : "";
            switch (what) {
                case "GET signers" -> answer(exchange, 200, certificates(signing.certificates()));
                case "POST statement" -> sign(exchange, signing::statement);
                case "POST roster" -> sign(exchange, signing::roster);
                case "POST revocation" -> sign(exchange, signing::revocation);
                default -> answer(exchange, 404, new byte[0]);
            }
        }
    }

    private boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.US_ASCII));
    }

    private static void sign(HttpExchange exchange, UnaryOperator<byte[]> signing) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            answer(exchange, 400, new byte[0]);
            return;
        }
        byte[] signed;
        try {
            signed = signing.apply(body);
        } catch (Malformed | Signing.Refused no) {
            answer(exchange, 400, new byte[0]);
            return;
        }
        answer(exchange, 200, signed);
    }

    private static byte[] certificates(List<Certificate> certificates) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(certificates.size());
        certificates.forEach(certificate -> out.writeBytes(certificate.encode()));
        return out.toByteArray();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    public static void main(String... arguments) throws IOException {
        if (arguments.length != 3 || !arguments[1].equals("--url-file")) {
            System.err.println("usage: TrialSigner <directory> --url-file <file>");
            System.exit(2);
        }
        Path urlFile = Path.of(arguments[2]);
        TrialSigner signer = start(Path.of(arguments[0]), InetAddress.ofLiteral("127.0.0.1"), InstantSource.system());
        OwnerFiles.write(urlFile, (signer.url() + "\n").getBytes(StandardCharsets.US_ASCII));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(urlFile)));
    }

    private static void forget(Path urlFile) {
        try {
            Files.deleteIfExists(urlFile);
        } catch (IOException gone) {
            // The token died with the process.
        }
    }
}

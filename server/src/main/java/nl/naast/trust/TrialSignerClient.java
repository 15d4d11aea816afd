package nl.naast.trust;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import nl.naast.canon.Certificate;

/**
 * Asks the trial signing process, whose address stands in a file that it writes when it is ready. The file is read for each question, so either process may start first and either may start again. Talks to loopback
 * addresses only; every failure is {@link SignerAway}, without the address, which is a secret.
 */
final class TrialSignerClient {
    private static final long TIMEOUT_MS = 5_000;
    private static final int MOST_BYTES = 131_072;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final Vertx vertx;
    private final Path urlFile;
    private final HttpClient http;

    TrialSignerClient(Vertx vertx, Path urlFile) {
        this.vertx = vertx;
        this.urlFile = urlFile;
        // The JDK's server, which the signing process is made of, may close a connection right after an answer: a question sent on it would be lost.
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) TIMEOUT_MS).setKeepAlive(false));
    }

    /** The certificates that a roster must carry, in its order. */
    Future<List<Certificate>> signers() {
        return ask(HttpMethod.GET, "signers", Buffer.buffer()).map(Certificate::parseList);
    }

    Future<byte[]> statement(byte[] unsigned) {
        return ask(HttpMethod.POST, "statement", Buffer.buffer(unsigned));
    }

    Future<byte[]> roster(byte[] unsigned) {
        return ask(HttpMethod.POST, "roster", Buffer.buffer(unsigned));
    }

    Future<byte[]> revocation(byte[] unsigned) {
        return ask(HttpMethod.POST, "revocation", Buffer.buffer(unsigned));
    }

    private Future<byte[]> ask(HttpMethod method, String what, Buffer body) {
        return vertx.fileSystem().readFile(urlFile.toString()).map(file -> address(file.toString().strip() + "/" + what))
            .compose(url -> http.request(new RequestOptions().setMethod(method).setAbsoluteURI(url).setTimeout(TIMEOUT_MS)))
            .compose(request -> request.send(body)).compose(response -> response.statusCode() == 200 ? response.body() : Future.failedFuture(new SignerAway()))
            .map(answer -> {
                if (answer.length() > MOST_BYTES) {
                    throw new SignerAway();
                }
                return answer.getBytes();
            })
            .recover(failed -> Future.failedFuture(new SignerAway()));
    }

    static String address(String url) {
        URI uri = URI.create(url);
        if (!"http".equals(uri.getScheme()) || !LOOPBACK.contains(uri.getHost())) {
            throw new SignerAway();
        }
        return url;
    }
}

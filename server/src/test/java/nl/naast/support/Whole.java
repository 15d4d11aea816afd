package nl.naast.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Everything that an answer over HTTP tells: two that are equal look alike, in size too. */
public record Whole(int status, Map<String, List<String>> headers, String body) {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param headers names and values by turns */
    public static Whole get(String url, String... headers) {
        return sent(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
    }

    /** @param headers names and values by turns */
    public static Whole post(String url, String body, String... headers) {
        return sent(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    private static Whole sent(HttpRequest.Builder request, String... headers) {
        try {
            HttpResponse<String> response = HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofString());
            return new Whole(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}

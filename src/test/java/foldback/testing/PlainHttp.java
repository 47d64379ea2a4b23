package foldback.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests to the service under test that cost next to nothing, for tests that make thousands: REST Assured takes milliseconds each. */
public final class PlainHttp {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private PlainHttp() {}

    /** Asks for a path with its query; follows no redirect. */
    public static HttpResponse<String> get(String path) {
        return sent(HttpRequest.newBuilder(url(path)));
    }

    public static HttpResponse<String> post(String path, String contentType, String body) {
        return sent(HttpRequest.newBuilder(url(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static URI url(String path) {
        return URI.create("http://127.0.0.1:" + RestAssured.port + path);
    }

    private static HttpResponse<String> sent(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

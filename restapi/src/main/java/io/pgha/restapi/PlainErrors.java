package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What a client hears of a request that is no proper HTTP: the status and its name; nothing of what it sent comes back.
 *
 * <p>Health checkers that speak HTTP/1.1 without a {@code Host} header, or with an empty one, exist ({@code http-check send ver HTTP/1.1} of
 * HAProxy is one) and Patroni answers them. Jetty's parser refuses them without an option, so they are answered here.
 */
final class PlainErrors extends ErrorHandler {
    private static final Set<String> HOST_TROUBLE = Set.of("No Host", "Blank Host");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final FrontDoor door;

    PlainErrors(FrontDoor door) {
        this.door = door;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (SAFE.contains(request.getMethod())
                && request.getAttribute(ERROR_MESSAGE) instanceof String message
                && HOST_TROUBLE.contains(message)) {
            return door.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html");
        String line = HttpStatus.getMessage(response.getStatus()) + "\n";
        response.write(true, ByteBuffer.wrap(line.getBytes(UTF_8)), callback);
        return true;
    }
}

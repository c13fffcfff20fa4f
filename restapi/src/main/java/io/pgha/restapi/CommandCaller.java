package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Finds out who sent a request. */
final class CommandCaller {
    private static final String BASIC = "basic ";

    private CommandCaller() {}

    static CommandReport.Caller of(Request request) {
        String address = request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
        return new CommandReport.Caller(
                address,
                login(Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                        .orElse("")),
                Optional.ofNullable(request.getHeaders().get(CommandReport.OPERATOR))
                        .orElse(""));
    }

    /** The part before the colon; never the password. */
    private static String login(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return "";
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? "" : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

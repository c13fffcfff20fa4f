package io.pgha.restapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * The headers that every answer carries: {@code Server} and those of {@code http_extra_headers} and {@code
 * https_extra_headers} (facts §2.8). Encoded once.
 */
final class ResponseHeaders {
    private final List<HttpField> fields;

    private ResponseHeaders(List<HttpField> fields) {
        this.fields = fields;
    }

    static ResponseHeaders of(RestSettings settings, String wireVersion) {
        Map<String, String> extra = new LinkedHashMap<>(settings.httpExtraHeaders());
        if (settings.tls().isPresent()) {
            extra.putAll(settings.httpsExtraHeaders());
        }
        List<HttpField> fields = new ArrayList<>();
        fields.add(new PreEncodedHttpField(HttpHeader.SERVER, server(settings.serverTokens(), wireVersion)));
        extra.forEach((name, value) -> fields.add(new PreEncodedHttpField(name, oneLine(value))));
        return new ResponseHeaders(List.copyOf(fields));
    }

    void addTo(HttpFields.Mutable headers) {
        for (HttpField field : fields) {
            headers.put(field);
        }
    }

    private static String server(RestSettings.ServerTokens tokens, String wireVersion) {
        return switch (tokens) {
            case ORIGINAL -> "pgha";
            case MINIMAL -> "Patroni/" + wireVersion;
            case PRODUCT_ONLY -> "Patroni";
        };
    }

    /** A line break in a configured value must not become another header. */
    private static String oneLine(String value) {
        return value.replaceAll("[\\r\\n\\x00]+", " ");
    }
}

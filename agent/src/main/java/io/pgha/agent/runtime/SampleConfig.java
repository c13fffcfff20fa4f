package io.pgha.agent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** {@code --generate-sample-config}: a configuration of this machine; what cannot be known is marked {@code #FIXME}. */
final class SampleConfig {
    private SampleConfig() {}

    static String text() {
        String host = "node1";
        String address = "192.0.2.11";
        try {
            InetAddress local = InetAddress.getLocalHost();
            host = local.getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
            address = local.isLoopbackAddress() ? address : local.getHostAddress();
        } catch (UnknownHostException e) {
            address = "192.0.2.11"; // marked as to be mended in any case
        }
        return template().replace("@HOST@", host).replace("@ADDRESS@", address);
    }

    private static String template() {
        try (InputStream stream = SampleConfig.class.getResourceAsStream("sample.yml")) {
            if (stream == null) {
                throw new IllegalStateException("sample.yml is missing in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

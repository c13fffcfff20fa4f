package io.pgha.agent.runtime;

import io.pgha.config.RestApiConfig;
import io.pgha.config.value.Secret;
import io.pgha.restapi.RestSettings;
import io.pgha.restapi.TlsSettings;
import java.util.Locale;

/** Says the section {@code restapi} in the words of the module restapi. */
final class RestSettingsMapper {
    private RestSettingsMapper() {}

    static RestSettings of(RestApiConfig config) {
        return new RestSettings(
                config.listen().host(),
                config.listen().port(),
                config.tls()
                        .certfile()
                        .map(certificates -> new TlsSettings(
                                certificates,
                                config.tls().keyfile(),
                                config.tls().keyfilePassword().map(Secret::revealed),
                                config.tls().cafile(),
                                config.tls().ciphers(),
                                verification(config.tls().verifyClient()))),
                config.login()
                        .map(login -> new RestSettings.Credentials(
                                login.username(), login.password().revealed())),
                config.access().allowlist(),
                config.access().includeMembers(),
                config.headers().http(),
                config.headers().https(),
                tokens(config.serverTokens()),
                config.requestQueueSize());
    }

    private static TlsSettings.VerifyClient verification(RestApiConfig.VerifyClient written) {
        return switch (written) {
            case NONE -> TlsSettings.VerifyClient.NONE;
            case OPTIONAL -> TlsSettings.VerifyClient.OPTIONAL;
            case REQUIRED -> TlsSettings.VerifyClient.REQUIRED;
        };
    }

    private static RestSettings.ServerTokens tokens(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "minimal" -> RestSettings.ServerTokens.MINIMAL;
            case "productonly" -> RestSettings.ServerTokens.PRODUCT_ONLY;
            default -> RestSettings.ServerTokens.ORIGINAL;
        };
    }
}

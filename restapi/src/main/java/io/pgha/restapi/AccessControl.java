package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pgha.restapi.TlsSettings.VerifyClient;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may send unsafe requests (facts §3.2): first the address, then the client certificate, then the password. Built
 * anew whenever the configuration is loaded, because the names in the allowlist are resolved then.
 */
public final class AccessControl {
    private final Allowlist allowlist;
    private final boolean restrictsAddresses;
    private final boolean includesMembers;
    private final boolean wantsCertificate;
    private final Optional<byte[]> expected;

    private AccessControl(RestSettings settings, Allowlist allowlist) {
        this.allowlist = allowlist;
        this.restrictsAddresses = !settings.allowlist().isEmpty();
        this.includesMembers = settings.allowlistIncludeMembers();
        this.wantsCertificate = settings.tls()
                .filter(tls -> tls.verifyClient() != VerifyClient.NONE)
                .isPresent();
        this.expected =
                settings.credentials().map(login -> (login.username() + ":" + login.password()).getBytes(UTF_8));
    }

    /** Resolves the names in the allowlist; may block for as long as the resolver does. */
    public static AccessControl of(RestSettings settings) {
        return new AccessControl(settings, Allowlist.resolve(settings.allowlist()));
    }

    /**
     * Who asks.
     *
     * @param address where the connection comes from; forwarding headers are never believed
     * @param showedCertificate whether it showed a client certificate that was verified
     * @param authorization the header {@code Authorization}
     */
    public record Caller(InetAddress address, boolean showedCertificate, Optional<String> authorization) {}

    /**
     * No.
     *
     * @param status 401 or 403
     * @param text one line for the body
     * @param challenge whether {@code WWW-Authenticate} is to be sent
     */
    public record Refusal(int status, String text, boolean challenge) {}

    /**
     * Checks a caller.
     *
     * @param members addresses of the members of the cluster; asked only where the settings include them
     * @return why not, or empty when the request may be carried out
     */
    public Optional<Refusal> check(Caller caller, Supplier<Set<InetAddress>> members) {
        if ((restrictsAddresses || includesMembers)
                && !allowlist.contains(caller.address())
                && !(includesMembers && members.get().contains(caller.address()))) {
            return Optional.of(new Refusal(403, "Access is denied", false));
        }
        if (wantsCertificate && !caller.showedCertificate()) {
            return Optional.of(new Refusal(403, "Client certificate is required", false));
        }
        return checkPassword(caller);
    }

    /**
     * Checks a caller of {@code /failsafe}: members are no exception from the allowlist there, and including them does
     * not by itself close it to others.
     *
     * @return why not, or empty when the request may be carried out
     */
    public Optional<Refusal> checkFailsafe(Caller caller) {
        if (restrictsAddresses && !allowlist.contains(caller.address())) {
            return Optional.of(new Refusal(403, "Access is denied", false));
        }
        if (wantsCertificate && !caller.showedCertificate()) {
            return Optional.of(new Refusal(403, "Client certificate is required", false));
        }
        return checkPassword(caller);
    }

    private Optional<Refusal> checkPassword(Caller caller) {
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        if (caller.authorization().isEmpty()) {
            return Optional.of(new Refusal(401, "no auth header received", true));
        }
        byte[] given = credentials(caller.authorization().get());
        // isEqual takes the same time wherever the first difference is.
        return MessageDigest.isEqual(given, expected.get())
                ? Optional.empty()
                : Optional.of(new Refusal(401, "not authenticated", true));
    }

    private static byte[] credentials(String header) {
        List<String> words = List.of(header.strip().split("\\s+", 2));
        if (words.size() < 2 || !words.get(0).equalsIgnoreCase("Basic")) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(words.get(1).strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

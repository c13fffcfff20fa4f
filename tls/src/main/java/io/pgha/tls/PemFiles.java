package io.pgha.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM files as OpenSSL writes them: certificates, and keys in PKCS#8, also encrypted, or PKCS#1 for RSA. */
public final class PemFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final long LIMIT = 1 << 20;

    private PemFiles() {}

    /**
     * The certificates of a file in their order, at least one.
     *
     * @throws PemException when there is none, or one cannot be read
     */
    public static List<X509Certificate> certificates(Path file) throws PemException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher blocks = BLOCK.matcher(read(file));
            while (blocks.find()) {
                if (blocks.group(1).endsWith("CERTIFICATE")) {
                    ByteArrayInputStream der = new ByteArrayInputStream(decode(blocks.group(2)));
                    certificates.add((X509Certificate) factory.generateCertificate(der));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PemException("a certificate in " + file + " cannot be read: " + e, e);
        }
        if (certificates.isEmpty()) {
            throw new PemException("there is no certificate in " + file + " (PEM is expected)");
        }
        return certificates;
    }

    /**
     * The first private key in the file.
     *
     * @param password for an encrypted one
     * @throws PemException when there is none, it cannot be read, or the password does not open it
     */
    public static PrivateKey privateKey(Path file, Optional<String> password) throws PemException {
        Matcher blocks = BLOCK.matcher(read(file));
        while (blocks.find()) {
            if (blocks.group(1).endsWith("PRIVATE KEY")) {
                return privateKey(blocks.group(1), blocks.group(2), file, password);
            }
        }
        throw new PemException("there is no private key in " + file + " (PEM is expected)");
    }

    private static PrivateKey privateKey(String kind, String body, Path file, Optional<String> password)
            throws PemException {
        boolean old =
                !kind.equals("PRIVATE KEY") && !kind.equals("ENCRYPTED PRIVATE KEY") && !kind.equals("RSA PRIVATE KEY");
        if (old || body.contains("DEK-Info")) {
            throw new PemException(file
                    + " is in a format of old OpenSSL versions; convert it: openssl pkcs8 -topk8 -in OLD -out NEW");
        }
        try {
            return switch (kind) {
                case "ENCRYPTED PRIVATE KEY" -> Pkcs8.decrypted(decode(body), file, password);
                case "RSA PRIVATE KEY" -> Pkcs8.key(Pkcs8.wrapped(decode(body)));
                default -> Pkcs8.key(decode(body));
            };
        } catch (PemException e) {
            throw e;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new PemException("the key in " + file + " cannot be used: " + e, e);
        }
    }

    /**
     * A key store with the trusted authorities.
     *
     * @throws PemException when the file cannot be used
     */
    public static KeyStore trustStore(Path file) throws PemException {
        KeyStore store = emptyStore();
        try {
            int number = 0;
            for (X509Certificate authority : certificates(file)) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new PemException(file + " cannot be used: " + e, e);
        }
    }

    static KeyStore emptyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java has PKCS#12", e);
        }
    }

    private static byte[] decode(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    private static String read(Path file) throws PemException {
        try {
            if (Files.size(file) > LIMIT) {
                throw new PemException(file + " is larger than 1 MB, so it is no PEM file");
            }
            return Files.readString(file, ISO_8859_1);
        } catch (PemException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new PemException(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new PemException(file + " may not be read by this user", e);
        } catch (IOException e) {
            throw new PemException("cannot read " + file + ": " + e, e);
        }
    }
}

package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pgha.config.CtlConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards members, from the section {@code ctl} (facts §2.8): PEM files, keys in PKCS #8 without a passphrase. */
final class ClientTls {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END");

    private ClientTls() {}

    static SSLContext context(CtlConfig ctl) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(ctl), trust(ctl), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new CtlException("the certificates of the section ctl cannot be used: " + e.getMessage(), e);
        }
    }

    /** For a client that will not use TLS: Java's own context would read all the authorities of the world first. */
    static SSLContext unused() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static KeyManager[] keys(CtlConfig ctl) throws GeneralSecurityException, IOException {
        if (ctl.certfile().isEmpty()) {
            return new KeyManager[0];
        }
        Path file = ctl.certfile().get();
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "ctl",
                privateKey(ctl.keyfile().orElse(file)),
                new char[0],
                certificates(file).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(CtlConfig ctl) throws GeneralSecurityException, IOException {
        if (ctl.insecure()) {
            return new TrustManager[] {new TrustEverybody()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = null;
        if (ctl.cacert().isPresent()) {
            store = emptyStore();
            int number = 0;
            for (X509Certificate authority : certificates(ctl.cacert().get())) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<X509Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Matcher found = CERTIFICATE.matcher(Files.readString(file, ISO_8859_1));
        while (found.find()) {
            certificates.add((X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(found.group().getBytes(ISO_8859_1))));
        }
        if (certificates.isEmpty()) {
            throw new IOException("there is no certificate in " + file);
        }
        return certificates;
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        Matcher found = KEY.matcher(Files.readString(file, ISO_8859_1));
        if (!found.find()) {
            throw new IOException("there is no key that can be read in " + file
                    + "; convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        InvalidKeySpecException last = new InvalidKeySpecException("no algorithm fits");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }

    /** For {@code -k}: checks neither the certificate nor, being an extended one, the host's name. */
    private static final class TrustEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

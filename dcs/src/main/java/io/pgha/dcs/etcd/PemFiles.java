package io.pgha.dcs.etcd;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and private keys in PEM files. Java reads keys in PKCS #8 only; the older {@code BEGIN RSA PRIVATE KEY},
 * which OpenSSL wrote for decades, is put into that wrapping here.
 */
final class PemFiles {
    private static final Pattern KEY = Pattern.compile("-----BEGIN ((?:RSA )?PRIVATE KEY)-----([^-]+)-----END");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** version 0, algorithm rsaEncryption without parameters. */
    private static final byte[] RSA_HEADER = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    private PemFiles() {}

    /** The certificates for a plain HTTPS connection. */
    static SSLContext sslContext(EtcdTls tls) throws IOException, GeneralSecurityException {
        KeyManager @Nullable [] keys = null;
        TrustManager @Nullable [] trusted = null;
        char[] noPassword = new char[0];
        if (tls.cert().isPresent()) {
            Path cert = tls.cert().get();
            KeyStore own = emptyStore();
            own.setKeyEntry("own", privateKey(tls.key().orElse(cert)), noPassword, certificates(cert));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, noPassword);
            keys = factory.getKeyManagers();
        }
        if (tls.cacert().isPresent()) {
            KeyStore authorities = emptyStore();
            for (X509Certificate authority : certificates(tls.cacert().get())) {
                authorities.setCertificateEntry("ca" + authorities.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            trusted = factory.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusted, null);
        return context;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    /** All certificates in the file, in order. */
    static X509Certificate[] certificates(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        StringBuilder only = new StringBuilder();
        Matcher found = CERTIFICATE.matcher(text);
        while (found.find()) {
            only.append(found.group()).append('\n');
        }
        try {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(only.toString().getBytes(StandardCharsets.ISO_8859_1)))
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException(file + " holds no certificate in PEM format");
            }
            return chain;
        } catch (CertificateException e) {
            throw new IOException(file + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    /** The first private key in the file. */
    static PrivateKey privateKey(Path file) throws IOException {
        Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw new IOException(file + " holds no private key without a passphrase, in PKCS #8 or RSA format;"
                    + " openssl pkcs8 -topk8 -nocrypt converts others");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(found.group(2));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds a private key that is not in base64", e);
        }
        return parse(file, found.group(1).startsWith("RSA") ? wrapped(der) : der);
    }

    private static PrivateKey parse(Path file, byte[] pkcs8) throws IOException {
        GeneralSecurityException last = new GeneralSecurityException("no algorithm fits");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw new IOException(file + " holds a private key that Java cannot read", last);
    }

    private static byte[] wrapped(byte[] rsa) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEADER);
        inner.writeBytes(tagged(4, rsa));
        return tagged(0x30, inner.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}

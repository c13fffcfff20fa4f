package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Keys and certificates in PEM files, as OpenSSL writes them: PKCS#8, also encrypted, and PKCS#1 for RSA. */
public final class PemFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final long LIMIT = 1 << 20;

    private PemFiles() {}

    /**
     * A key store with one entry, without a password: the key and its certificates.
     *
     * @throws RestServerException when a file cannot be used; the message names it
     */
    public static KeyStore keyStore(TlsSettings tls) {
        Path keyFile = tls.key().orElse(tls.certificates());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain =
                    certificates(tls.certificates(), "restapi.certfile").toArray(Certificate[]::new);
            PrivateKey key = privateKey(keyFile, tls.keyPassword());
            store.setKeyEntry("restapi", key, new char[0], chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new RestServerException("restapi.keyfile: the key in " + keyFile + " cannot be used: " + e, e);
        }
    }

    /**
     * A key store with the trusted authorities.
     *
     * @throws RestServerException when the file cannot be used; the message names it
     */
    public static KeyStore trustStore(Path file) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : certificates(file, "restapi.cafile")) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new RestServerException("restapi.cafile: " + file + " cannot be used: " + e, e);
        }
    }

    /** The certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file, String setting) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher blocks = BLOCK.matcher(read(file, setting));
            while (blocks.find()) {
                if (blocks.group(1).endsWith("CERTIFICATE")) {
                    ByteArrayInputStream der = new ByteArrayInputStream(decode(blocks.group(2)));
                    certificates.add((X509Certificate) factory.generateCertificate(der));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new RestServerException(setting + ": a certificate in " + file + " cannot be read: " + e, e);
        }
        if (certificates.isEmpty()) {
            throw new RestServerException(setting + ": there is no certificate in " + file + " (PEM is expected)");
        }
        return certificates;
    }

    private static PrivateKey privateKey(Path file, Optional<String> password)
            throws GeneralSecurityException, IOException {
        Matcher blocks = BLOCK.matcher(read(file, "restapi.keyfile"));
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.endsWith("PRIVATE KEY")) {
                return switch (kind) {
                    case "PRIVATE KEY" -> anyKey(decode(blocks.group(2)));
                    case "ENCRYPTED PRIVATE KEY" -> decrypt(decode(blocks.group(2)), file, password);
                    case "RSA PRIVATE KEY" -> rsa(blocks.group(2), file);
                    default -> throw needsConversion(file);
                };
            }
        }
        throw new RestServerException("restapi.keyfile: there is no private key in " + file + " (PEM is expected)");
    }

    private static PrivateKey rsa(String body, Path file) throws GeneralSecurityException {
        if (body.contains("DEK-Info")) {
            throw needsConversion(file);
        }
        return anyKey(asPkcs8(decode(body)));
    }

    private static RestServerException needsConversion(Path file) {
        return new RestServerException("restapi.keyfile: " + file
                + " is in a format of old OpenSSL versions; convert it: openssl pkcs8 -topk8 -in OLD -out NEW");
    }

    private static PrivateKey decrypt(byte[] der, Path file, Optional<String> password)
            throws GeneralSecurityException, IOException {
        if (password.isEmpty()) {
            throw new RestServerException(
                    "restapi.keyfile: the key in " + file + " is encrypted; set restapi.keyfile_password");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // For PBES2 the parameters know the whole name, for example PBEWithHmacSHA256AndAES_256.
        String algorithm =
                info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
                        ? info.getAlgParameters().toString()
                        : info.getAlgName();
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm)
                            .generateSecret(new PBEKeySpec(password.get().toCharArray())),
                    info.getAlgParameters());
            return anyKey(info.getKeySpec(cipher).getEncoded());
        } catch (InvalidKeySpecException e) {
            throw new RestServerException(
                    "restapi.keyfile_password does not open the key in " + file + " (" + algorithm + ")", e);
        }
    }

    private static PrivateKey anyKey(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        InvalidKeySpecException last = new InvalidKeySpecException("no algorithm");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Wraps a PKCS#1 key: SEQUENCE { INTEGER 0, AlgorithmIdentifier rsaEncryption, OCTET STRING key }. */
    private static byte[] asPkcs8(byte[] pkcs1) {
        byte[] version = {2, 1, 0};
        byte[] algorithm = {0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};
        return der(0x30, version, algorithm, der(0x04, pkcs1));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] decode(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    private static String read(Path file, String setting) {
        try {
            if (Files.size(file) > LIMIT) {
                throw new RestServerException(setting + ": " + file + " is larger than 1 MB, so it is no PEM file");
            }
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new RestServerException(setting + ": cannot read " + file + ": " + e, e);
        }
    }
}

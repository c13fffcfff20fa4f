package io.pgha.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * What a server or a client shows of itself.
 *
 * @param certificates PEM file with the certificate and its chain, and with the key where {@code key} is absent
 * @param key PEM file with the private key
 * @param password for an encrypted key; never shown
 */
public record OwnCertificate(Path certificates, Optional<Path> key, Optional<String> password) {
    /**
     * A key store with one entry, without a password: the key and its certificates.
     *
     * @throws PemException when a file cannot be used
     */
    public KeyStore keyStore() throws PemException {
        Certificate[] chain = PemFiles.certificates(certificates).toArray(Certificate[]::new);
        Path file = key.orElse(certificates);
        KeyStore store = PemFiles.emptyStore();
        PrivateKey secret = PemFiles.privateKey(file, password);
        try {
            if (!belongTogether(secret, chain[0].getPublicKey())) {
                throw new PemException("the key in " + file + " does not belong to the certificate in " + certificates);
            }
            store.setKeyEntry("own", secret, new char[0], chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw new PemException("the key in " + file + " cannot be used: " + e, e);
        }
    }

    /** Signs with one and verifies with the other; kinds of keys that this does not know are left to the handshake. */
    private static boolean belongTogether(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        if (!secret.getAlgorithm().equals(open.getAlgorithm())) {
            return false;
        }
        String scheme = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "";
        };
        if (scheme.isEmpty()) {
            return true;
        }
        byte[] text = {1, 2, 3};
        Signature signing = Signature.getInstance(scheme);
        signing.initSign(secret);
        signing.update(text);
        Signature verifying = Signature.getInstance(scheme);
        verifying.initVerify(open);
        verifying.update(text);
        return verifying.verify(signing.sign());
    }

    KeyManager[] keyManagers() throws PemException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keyStore(), new char[0]);
        return factory.getKeyManagers();
    }

    @Override
    public String toString() {
        return "OwnCertificate[" + certificates + "]";
    }
}

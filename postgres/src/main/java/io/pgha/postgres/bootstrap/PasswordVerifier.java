package io.pgha.postgres.bootstrap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What PostgreSQL stores of a password, so that the password itself is never part of a statement. */
final class PasswordVerifier {
    private static final int ITERATIONS = 4096;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;

    private PasswordVerifier() {}

    /**
     * The text for {@code PASSWORD '…'}.
     *
     * @param encryption the server's {@code password_encryption}
     */
    static String of(String user, String password, String encryption) {
        // Beyond ASCII the password would have to be normalised as the server does it: leave that to the server.
        if (!password.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return password;
        }
        try {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            return encryption.equals("scram-sha-256") ? scram(password, salt) : md5(user, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks an algorithm that each has to have", e);
        }
    }

    static String scram(String password, byte[] salt) throws GeneralSecurityException {
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS))
                .getEncoded();
        byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
        byte[] serverKey = hmac(salted, "Server Key");
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + ITERATIONS + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }

    static String md5(String user, String password) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("MD5").digest((password + user).getBytes(StandardCharsets.US_ASCII));
        return "md5" + HexFormat.of().formatHex(digest);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }
}

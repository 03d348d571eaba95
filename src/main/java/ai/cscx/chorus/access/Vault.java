package ai.cscx.chorus.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.KmsClients;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets with AES-256-GCM (Tink). Each is bound to its purpose, so that a sealed secret moved elsewhere does not
 * open. Of several master keys the first seals and all open, so that keys are exchanged without downtime. A wrong master
 * key fails closed.
 */
public final class Vault {
    private static final int KEY_BYTES = 32;
    private static final String MAKE_ONE = "; make one with: openssl rand -base64 32";

    private final List<Aead> keys;

    private Vault(List<Aead> keys) {
        this.keys = keys;
    }

    /**
     * The vault of these master keys, separated by commas: each 32 bytes in Base64, or the URI of a key in a key
     * management service, whose Tink client is found on the class path.
     *
     * @throws Failure.Rejected if one is something else; the message does not repeat it
     */
    public static Vault of(String masterKeys) {
        List<Aead> keys = new ArrayList<>();
        for (String key : masterKeys.split(",", -1)) {
            keys.add(key.contains("://") ? managed(key.strip()) : own(key.strip()));
        }
        return new Vault(List.copyOf(keys));
    }

    private static Aead own(String written) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(written);
        } catch (IllegalArgumentException notBase64) {
            throw new Failure.Rejected("is not Base64" + MAKE_ONE);
        }
        if (key.length != KEY_BYTES) {
            throw new Failure.Rejected("has not 32 bytes" + MAKE_ONE);
        }
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("Every Java platform has AES-GCM", refused);
        }
    }

    /** A key that never leaves its service: it wraps a fresh key for every secret. */
    private static Aead managed(String uri) {
        KmsClient client;
        try {
            AeadConfig.register();
            client = KmsClients.getAutoLoaded(uri);
        } catch (GeneralSecurityException none) {
            throw new Failure.Rejected("names a key management service that no jar on the class path speaks to; add "
                    + jar(uri.substring(0, uri.indexOf("://"))));
        }
        try {
            return KmsEnvelopeAead.create(
                    PredefinedAeadParameters.AES256_GCM,
                    client.withDefaultCredentials().getAead(uri));
        } catch (GeneralSecurityException refused) {
            throw new Failure.Rejected("names a key that its key management service does not give access to; check the"
                    + " URI and the service's credentials on this machine");
        }
    }

    private static String jar(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "gcp-kms" -> "com.google.crypto.tink:tink-gcpkms";
            case "aws-kms" -> "com.google.crypto.tink:tink-awskms";
            default -> "one with a Tink KmsClient for it";
        };
    }

    /** The vault of the key in this file, which is made, readable by its owner only, if it is not there. */
    public static Vault at(Path file) {
        try {
            if (Files.notExists(file)) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                } else {
                    Files.createFile(file);
                }
                Files.writeString(file, Base64.getEncoder().encodeToString(key), StandardOpenOption.WRITE);
            }
            return of(Files.readString(file));
        } catch (IOException failed) {
            throw new Failure.Unavailable("The master key file " + file + " cannot be read or made.", failed);
        }
    }

    public byte[] seal(String secret, String purpose) {
        try {
            return keys.getFirst().encrypt(secret.getBytes(UTF_8), purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException failed) {
            throw new Failure.Unavailable(
                    "A secret cannot be sealed; the key management service may be away, try again.", failed);
        }
    }

    /** Null if it was sealed with another master key or for another purpose. */
    public @Nullable String open(byte[] sealed, String purpose) {
        for (Aead key : keys) {
            String secret = open(key, sealed, purpose);
            if (secret != null) {
                return secret;
            }
        }
        return null;
    }

    /** The same secret sealed with the first master key; null if it is already, or does not open at all. */
    public byte @Nullable [] resealed(byte[] sealed, String purpose) {
        if (open(keys.getFirst(), sealed, purpose) != null) {
            return null;
        }
        String secret = open(sealed, purpose);
        return secret == null ? null : seal(secret, purpose);
    }

    private static @Nullable String open(Aead key, byte[] sealed, String purpose) {
        try {
            return new String(key.decrypt(sealed, purpose.getBytes(UTF_8)), UTF_8);
        } catch (GeneralSecurityException notOurs) {
            return null;
        }
    }
}

package ai.cscx.chorus.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets with AES-256-GCM (Tink). Each is bound to its purpose, so that a sealed secret moved elsewhere does not
 * open. A wrong master key fails closed.
 */
public final class Vault {
    private static final int KEY_BYTES = 32;

    private final Aead aead;

    private Vault(Aead aead) {
        this.aead = aead;
    }

    /**
     * The vault of this master key: 32 bytes in Base64.
     *
     * @throws Failure.Rejected if it is something else; the message does not repeat it
     */
    public static Vault of(String masterKey) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(masterKey.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new Failure.Rejected("is not Base64; make one with: openssl rand -base64 32");
        }
        if (key.length != KEY_BYTES) {
            throw new Failure.Rejected("has not 32 bytes; make one with: openssl rand -base64 32");
        }
        try {
            return new Vault(new AesGcmJce(key));
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("Every Java platform has AES-GCM", refused);
        }
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
            return aead.encrypt(secret.getBytes(UTF_8), purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("A secret cannot be sealed", failed);
        }
    }

    /** Null if it was sealed with another master key or for another purpose. */
    public @Nullable String open(byte[] sealed, String purpose) {
        try {
            return new String(aead.decrypt(sealed, purpose.getBytes(UTF_8)), UTF_8);
        } catch (GeneralSecurityException notOurs) {
            return null;
        }
    }
}

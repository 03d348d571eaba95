package ai.cscx.chorus.access;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** A key management service in this JVM, found as the real ones are: by the service loader. */
public final class LocalKms implements KmsClient {
    private static final String SCHEME = "test-kms://";

    @Override
    public boolean doesSupport(String uri) {
        return uri.startsWith(SCHEME);
    }

    @Override
    public KmsClient withCredentials(String path) {
        return this;
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return this;
    }

    @Override
    public Aead getAead(String uri) throws GeneralSecurityException {
        return switch (uri.substring(SCHEME.length())) {
            case "forbidden" -> throw new GeneralSecurityException("No access to " + uri);
            case "away" -> new Away();
            default -> {
                byte[] key = new byte[32];
                Arrays.fill(key, (byte) uri.hashCode());
                yield new AesGcmJce(key);
            }
        };
    }

    private record Away() implements Aead {
        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            throw new GeneralSecurityException("Away");
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            throw new GeneralSecurityException("Away");
        }
    }
}

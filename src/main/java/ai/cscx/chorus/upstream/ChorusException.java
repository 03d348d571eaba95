package ai.cscx.chorus.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why Chorus gave no usable answer, split by what the caller can do. Messages hold no tokens and nothing that was said. */
public abstract sealed class ChorusException extends Exception {
    private static final long serialVersionUID = 1L;

    private ChorusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** 401 or 403: the credential does not serve. Asking again with it is useless. */
    public static sealed class Refused extends ChorusException {
        private static final long serialVersionUID = 1L;
        private final int status;

        public Refused(int status) {
            super(
                    status == 403
                            ? "Chorus says that this token may not use its API (403)"
                            : "Chorus does not accept the token (" + status + ")",
                    null);
            this.status = status;
        }

        private Refused(int status, String message) {
            super(message, null);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** The token endpoint refuses (RFC 6749, 5.2): until somebody connects again, no token is to be had. */
    public static final class SignInRefused extends Refused {
        private static final long serialVersionUID = 1L;
        private final String code;

        /**
         * @param code one of RFC 6749, such as {@code invalid_grant}
         */
        public SignInRefused(String code, String message) {
            super(401, message + " (" + code + ")");
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** 429: too many requests; wait. */
    public static final class RateLimited extends ChorusException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;
        private final boolean sent;

        /**
         * @param sent false if nothing was sent, since an earlier wait is not over
         */
        public RateLimited(Duration retryAfter, boolean sent) {
            super("Chorus asks to wait " + retryAfter.toSeconds() + " s (429)", null);
            this.retryAfter = retryAfter;
            this.sent = sent;
        }

        public boolean sent() {
            return sent;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** No answer, or a 5xx: later may do. */
    public static final class Away extends ChorusException {
        private static final long serialVersionUID = 1L;

        public Away(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An answer that breaks the protocol: never to be taken for an empty one. */
    public static final class Broken extends ChorusException {
        private static final long serialVersionUID = 1L;

        public Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}

package ai.cscx.chorus.base;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the caller can be told about and act on. The message says what to do next and never holds what people
 * said, who they are, or a secret: it is shown to users and written to logs as it is.
 *
 * <p>Whatever is not a {@code Failure} is a defect of ours and is answered with a bare 500.
 */
public abstract sealed class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** It does not exist, or it does not exist for this asker; the two are never told apart. */
    public static final class NotFound extends Failure {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message, null);
        }

        public NotFound(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The request is understood but wrong; {@link #problems} names each place. */
    public static final class Rejected extends Failure {
        private static final long serialVersionUID = 1L;
        private final transient List<Problem> problems;

        public Rejected(String message) {
            this(message, List.of());
        }

        public Rejected(String message, List<Problem> problems) {
            super(message, null);
            this.problems = List.copyOf(problems);
        }

        public Rejected(String message, Throwable cause) {
            super(message, cause);
            this.problems = List.of();
        }

        public List<Problem> problems() {
            return problems;
        }

        /**
         * One wrong place.
         *
         * @param pointer RFC 6901 JSON pointer into the request body
         */
        public record Problem(String pointer, String detail) {}
    }

    /** The request cannot be read at all: bad JSON, an unknown query parameter, a bad cursor. */
    public static final class Malformed extends Failure {
        private static final long serialVersionUID = 1L;

        public Malformed(String message) {
            super(message, null);
        }

        public Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Nobody we know asked. */
    public static final class Unauthenticated extends Failure {
        private static final long serialVersionUID = 1L;

        public Unauthenticated(String message) {
            super(message, null);
        }
    }

    /** We know who asked, and they may not. */
    public static final class Forbidden extends Failure {
        private static final long serialVersionUID = 1L;

        public Forbidden(String message) {
            super(message, null);
        }
    }

    /** The state of things stands against it. */
    public static final class Conflict extends Failure {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final @Nullable Instant retryAt;

        /**
         * @param code stable word for programs, such as {@code transcript-pending}
         * @param retryAt when trying again may succeed, if that is known
         */
        public Conflict(String code, String message, @Nullable Instant retryAt) {
            super(message, null);
            this.code = code;
            this.retryAt = retryAt;
        }

        public String code() {
            return code;
        }

        public @Nullable Instant retryAt() {
            return retryAt;
        }
    }

    /** Too much at once; try again after the wait. */
    public static final class RateLimited extends Failure {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        public RateLimited(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Something that we depend on does not answer; nothing is lost and trying again later is right. */
    public static final class Unavailable extends Failure {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message, null);
        }

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

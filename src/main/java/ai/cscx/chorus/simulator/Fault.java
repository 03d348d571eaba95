package ai.cscx.chorus.simulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on demand.
 *
 * @param callId only for this call; null for any
 * @param seconds what a 429 asks to wait, and how long an answer dribbles; null for the usual (2 and 60)
 * @param megabytes size of a huge body, and of what a gzip bomb holds; null for the usual (50 and 512)
 */
public record Fault(
        Kind kind,
        Target target,
        @Nullable String callId,
        When when,
        @Nullable Integer seconds,
        @Nullable Integer megabytes) {

    /** What goes wrong. */
    public enum Kind {
        /** 429 with {@code Retry-After} in seconds. */
        RATE_LIMIT_SECONDS,
        /** 429 with {@code Retry-After} as an HTTP date. */
        RATE_LIMIT_DATE,
        /** 429 that does not say how long. */
        RATE_LIMIT_BARE,
        STATUS_500,
        STATUS_502,
        STATUS_503,
        /** The connection ends where the answer should begin. */
        RESET_BEFORE_HEADERS,
        /** The connection ends in the middle of a chunked body. */
        RESET_IN_BODY,
        /** Half of the body, and a {@code Content-Length} that says so. */
        TRUNCATED_JSON,
        /** Half of the body, and a {@code Content-Length} that promises all of it. */
        SHORT_BODY,
        MALFORMED_JSON,
        /** 200 with a page of HTML. */
        LOGIN_PAGE,
        /** 200 with what should have come with a 500. */
        ERROR_BODY,
        /** A byte a second, then the rest. */
        DRIBBLE,
        /** Blanks before the answer. */
        HUGE_BODY,
        /** A few hundred kilobytes that unpack to many megabytes of blanks. */
        GZIP_BOMB,
        /** The first page once more, for a list request that carries a key. */
        REPEATED_PAGE,
        /** A new key on every page, the last one too. */
        ENDLESS_KEY,
        /** 400 for a list request that carries a key. */
        EXPIRED_CURSOR,
        /** A list holds a call that took place before the window. */
        OUTSIDE_WINDOW,
        /** A list element that does not say which call it is. */
        WITHOUT_ID,
        /** Texts where numbers belong, and the like. */
        WRONG_TYPES,
        /** What is known of another call. */
        ANOTHER_ID,
        /** Words of enumerations that nobody knows. */
        UNKNOWN_WORDS,
        /** Fields that nobody knows. */
        UNKNOWN_FIELDS;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean suits(RequestKind request, boolean keyed) {
            return switch (this) {
                case REPEATED_PAGE, EXPIRED_CURSOR -> Target.LIST.covers(request) && keyed;
                case ENDLESS_KEY, OUTSIDE_WINDOW, WITHOUT_ID -> Target.LIST.covers(request);
                case ANOTHER_ID -> aboutACall(request);
                case WRONG_TYPES, UNKNOWN_WORDS, UNKNOWN_FIELDS -> Target.LIST.covers(request) || aboutACall(request);
                case RATE_LIMIT_SECONDS,
                        RATE_LIMIT_DATE,
                        RATE_LIMIT_BARE,
                        STATUS_500,
                        STATUS_502,
                        STATUS_503,
                        RESET_BEFORE_HEADERS,
                        RESET_IN_BODY,
                        TRUNCATED_JSON,
                        SHORT_BODY,
                        MALFORMED_JSON,
                        LOGIN_PAGE,
                        ERROR_BODY,
                        DRIBBLE,
                        HUGE_BODY,
                        GZIP_BOMB -> true;
            };
        }

        private static boolean aboutACall(RequestKind request) {
            return Target.DETAIL.covers(request)
                    || Target.TRANSCRIPT.covers(request)
                    || Target.TRACKERS.covers(request);
        }
    }

    /** Which requests it hits, in both dialects. */
    public enum Target {
        LIST,
        DETAIL,
        TRANSCRIPT,
        TRACKERS,
        ME,
        /** {@code /oauth/token}. */
        TOKEN,
        ANY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean covers(RequestKind request) {
            return switch (this) {
                case LIST -> request == RequestKind.LIST || request == RequestKind.CALLS_LIST;
                case DETAIL -> request == RequestKind.DETAIL || request == RequestKind.CALLS_DETAIL;
                case TRANSCRIPT -> request == RequestKind.CALLS_TRANSCRIPT;
                case TRACKERS -> request == RequestKind.CALLS_TRACKERS;
                case ME -> request == RequestKind.ME;
                case TOKEN -> request == RequestKind.TOKEN;
                case ANY -> true;
            };
        }
    }

    /** Which of the requests that it could hit it does hit. */
    public sealed interface When {}

    /** The next so many, then it is gone. */
    public record Times(int times) implements When {
        public Times {
            if (times < 1) {
                throw new IllegalArgumentException("times must be at least 1.");
            }
        }
    }

    /** Each with this probability, which ones follows from the seed and their order. */
    public record Chance(double probability, long seed) implements When {
        public Chance {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability must lie above 0 and not above 1.");
            }
        }
    }

    public Fault {
        if (seconds != null && (seconds < 0 || seconds > 86_400)) {
            throw new IllegalArgumentException("seconds must lie between 0 and 86400.");
        }
        if (megabytes != null && (megabytes < 1 || megabytes > 10_000)) {
            throw new IllegalArgumentException("megabytes must lie between 1 and 10000.");
        }
        boolean possible = false;
        for (RequestKind request : RequestKind.values()) {
            possible |= target.covers(request) && kind.suits(request, true);
        }
        if (!possible) {
            throw new IllegalArgumentException(
                    "A fault of the kind " + kind.word() + " cannot hit the target " + target.word() + ".");
        }
    }

    /** Hits the next request of this target. */
    public static Fault once(Kind kind, Target target) {
        return new Fault(kind, target, null, new Times(1), null, null);
    }

    public Fault times(int times) {
        return new Fault(kind, target, callId, new Times(times), seconds, megabytes);
    }

    public Fault chance(double probability, long seed) {
        return new Fault(kind, target, callId, new Chance(probability, seed), seconds, megabytes);
    }

    public Fault forCall(String id) {
        return new Fault(kind, target, id, when, seconds, megabytes);
    }

    public Fault ofSeconds(int so) {
        return new Fault(kind, target, callId, when, so, megabytes);
    }

    public Fault ofMegabytes(int so) {
        return new Fault(kind, target, callId, when, seconds, so);
    }

    int secondsOr(int usual) {
        return seconds == null ? usual : seconds;
    }

    int megabytesOr(int usual) {
        return megabytes == null ? usual : megabytes;
    }
}

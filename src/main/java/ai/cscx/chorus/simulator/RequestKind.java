package ai.cscx.chorus.simulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request to the simulated Chorus was for. */
public enum RequestKind {
    /** {@code /v3/engagements}. */
    LIST(Dialect.ENGAGEMENTS),
    /** {@code /api/v1/conversations/{id}}. */
    DETAIL(Dialect.ENGAGEMENTS),
    ME(Dialect.ENGAGEMENTS),
    /** A path that is not served. */
    OTHER(null),
    CALLS_LIST(Dialect.CALLS),
    CALLS_DETAIL(Dialect.CALLS),
    CALLS_TRANSCRIPT(Dialect.CALLS),
    CALLS_TRACKERS(Dialect.CALLS),
    WEBHOOK(Dialect.ENGAGEMENTS),
    /** {@code /oauth/token}. */
    TOKEN(null),
    /** {@code /oauth/authorize}. */
    AUTHORIZE(null);

    private final @Nullable Dialect dialect;

    RequestKind(@Nullable Dialect dialect) {
        this.dialect = dialect;
    }

    /** Null for what belongs to none. */
    @Nullable
    Dialect dialect() {
        return dialect;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

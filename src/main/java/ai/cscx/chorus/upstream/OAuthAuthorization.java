package ai.cscx.chorus.upstream;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token that is renewed a little before it expires, and once when Chorus refuses it. However many threads need
 * the next token, one asks for it.
 */
public final class OAuthAuthorization implements Authorization {
    /** Younger than this, a refused token would only be followed by another refused one. */
    private static final Duration TOO_YOUNG_TO_RENEW = Duration.ofSeconds(10);

    private final TokenStore store;
    private final OAuthClient client;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Tokens known;

    /**
     * @param clock real time, as servers count expiry
     */
    public OAuthAuthorization(TokenStore store, OAuthClient client, Clock clock) {
        this.store = store;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Header header() throws ChorusException {
        Tokens tokens = known;
        if (tokens != null && !tokens.isDue(clock.instant())) {
            return header(tokens);
        }
        renewing.lock();
        try {
            return header(fresh());
        } finally {
            renewing.unlock();
        }
    }

    @Override
    public boolean refused(Header used) throws ChorusException {
        renewing.lock();
        try {
            Tokens tokens = knownOrStored();
            if (!header(tokens).value().equals(used.value())) {
                return true;
            }
            if (clock.instant().isBefore(tokens.obtainedAt().plus(TOO_YOUNG_TO_RENEW))) {
                return false;
            }
            known = store.renewed(tokens, client::after);
            return true;
        } finally {
            renewing.unlock();
        }
    }

    private Tokens fresh() throws ChorusException {
        Tokens tokens = knownOrStored();
        if (!tokens.isDue(clock.instant())) {
            return tokens;
        }
        try {
            Tokens renewed = store.renewed(tokens, client::after);
            known = renewed;
            return renewed;
        } catch (ChorusException.Away | ChorusException.RateLimited notNow) {
            if (tokens.isOver(clock.instant())) {
                throw notNow;
            }
            return tokens;
        }
    }

    private Tokens knownOrStored() throws ChorusException {
        Tokens tokens = known;
        if (tokens == null) {
            tokens = store.current();
            known = tokens;
        }
        return tokens;
    }

    private static Header header(Tokens tokens) {
        return new Header("Authorization", "Bearer " + tokens.accessToken());
    }

    @Override
    public String toString() {
        return "OAuthAuthorization[" + known + "]";
    }
}

package ai.cscx.chorus.upstream;

import ai.cscx.chorus.base.Fingerprint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Chorus, in whichever dialect. Every method sends what it says and nothing more, keeps no answers, and waits for
 * nobody: after a 429 it refuses with the wait that is left. Thread-safe.
 */
public interface ChorusClient {
    Dialect dialect();

    /**
     * Whose credential it is; a cheap way to try one. One request.
     *
     * @throws ChorusException.Broken if this dialect is not spoken there
     */
    String account() throws ChorusException;

    /**
     * One page of the list of a window. One request.
     *
     * @param from inclusive
     * @param until exclusive; calls that begin right then, or on the same day, may be listed too
     * @param next from the page before; null for the first one
     */
    ListPage page(Instant from, Instant until, @Nullable String next) throws ChorusException;

    /** Everything about one call; {@link Dialect#requestsPerCall} requests at most. */
    Fetched fetch(String id) throws ChorusException;

    /** Where Chorus calls back; null if this dialect has no webhooks. */
    @Nullable
    Webhooks webhooks();

    /** The addresses that Chorus calls when a recording is done. One request each. */
    interface Webhooks {
        List<String> list() throws ChorusException;

        /** Registers the address; Chorus says nothing of doing so twice, so ask {@link #list} before. */
        void add(String url) throws ChorusException;

        void remove(String url) throws ChorusException;
    }

    /**
     * A page of the list, in its order.
     *
     * @param unreadable elements that are no calls as we know them: set aside, never skipped in silence
     * @param next for the page after; null at the end
     */
    record ListPage(
            List<Listed> calls,
            List<Unreadable> unreadable,
            @Nullable String next) {
        public ListPage {
            calls = List.copyOf(calls);
            unreadable = List.copyOf(unreadable);
        }

        public boolean isEmpty() {
            return calls.isEmpty() && unreadable.isEmpty();
        }
    }

    /**
     * An element of the list.
     *
     * @param recording false for what is listed beside calls: e-mails and the like
     * @param hash of {@code raw}
     */
    record Listed(String id, boolean recording, Instant startedAt, boolean isPrivate, byte[] raw, String hash) {
        public Listed(String id, boolean recording, Instant startedAt, boolean isPrivate, byte[] raw) {
            this(id, recording, startedAt, isPrivate, raw, Fingerprint.of(raw));
        }
    }

    /**
     * An element that cannot be read.
     *
     * @param id where it has one
     * @param reason without anything of the element
     */
    record Unreadable(@Nullable String id, String reason, byte[] raw) {}

    /** What became of asking for one call. */
    sealed interface Fetched {
        /** How many requests it took. */
        int requests();

        /**
         * It is there.
         *
         * @param transcriptReady false while Chorus says that it is still being made
         */
        record Found(Answers answers, boolean isPrivate, boolean transcriptReady, int requests) implements Fetched {}

        /** 404: deleted, private or out of the token's reach; Chorus does not say which. */
        record Gone(int requests) implements Fetched {}
    }
}

package ai.cscx.chorus.upstream;

/** Where the tokens of one connection are kept, for all instances. Thread-safe. */
public interface TokenStore {
    Tokens current() throws ChorusException;

    /**
     * Exchanges stale tokens for fresh ones, which are kept before they are returned. At most one exchange runs at a
     * time over all instances: if somebody else was faster, theirs are returned.
     */
    Tokens renewed(Tokens stale, Renewal renewal) throws ChorusException;

    /** Asks the token endpoint. */
    @FunctionalInterface
    interface Renewal {
        Tokens after(Tokens stored) throws ChorusException;
    }
}

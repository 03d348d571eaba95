package ai.cscx.chorus.upstream;

/** How requests to Chorus prove who sends them. Thread-safe. */
public interface Authorization {
    /** What to send with the next request; may fetch a token first. */
    Header header() throws ChorusException;

    /**
     * Chorus answered 401 to a request with this header.
     *
     * @return true if there is a fresh credential now: send once more, with {@link #header}
     */
    boolean refused(Header used) throws ChorusException;

    /** One header with a secret in it; {@link #toString} leaves the secret out. */
    record Header(String name, String value) {
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }
}

package ai.cscx.chorus.web;

/** Who may call a route. */
enum Access {
    /** Anybody, without a token. */
    OPEN,
    /** Anybody while the server listens on this machine only; otherwise whoever has a token. */
    TOKEN_UNLESS_LOCAL,
    /** Whoever has a token; what they see is up to their portfolio. */
    TOKEN,
    ADMIN
}

package ai.cscx.chorus.chaos;

/** What is promised to whoever trusts us with their calls, as far as it can be checked from outside. */
enum Promise {
    I1("every call upstream lists is here, with the same transcript"),
    I2("once each"),
    I3("in its newest version"),
    I4("what was acknowledged is kept"),
    I5("what was deleted or became private stays gone"),
    I6("the index holds what the database holds"),
    I7("a resumed sync fetches at most one page and the overlap again"),
    I11("Retry-After is obeyed");

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}

package ai.cscx.chorus.agent;

/** What is learned from the product's own phrases by words alone, once for all tests. */
final class LearnedWords {
    private static final LearnedIntents INTENTS = LearnedIntents.own(null);

    private LearnedWords() {}

    static LearnedIntents get() {
        return INTENTS;
    }
}

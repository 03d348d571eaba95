package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;

/** The customs post of a dialect: what Chorus answered about one call in, one {@link CallContent} out. Thread-safe. */
interface Translator {
    /**
     * Of a list element alone, the transcript is pending.
     *
     * @throws ChorusException.Broken if an answer is not of the dialect's shape
     * @throws Failure.Rejected if it is no call: without a start, for one
     */
    CallContent translate(String id, Answers answers) throws ChorusException;

    static Translator of(Dialect dialect) {
        return switch (dialect) {
            case ENGAGEMENTS -> new EngagementTranslator();
            case CALLS -> new CallsTranslator();
        };
    }
}

package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;

/** Whether a question is one that could be searched for, without searching. */
public final class QuestionCheck {
    private QuestionCheck() {}

    /**
     * @throws Failure.Malformed just as {@link Search#search} would, if it is too long or names nothing to look for
     */
    public static void check(String q) {
        Question.parse(q);
    }
}

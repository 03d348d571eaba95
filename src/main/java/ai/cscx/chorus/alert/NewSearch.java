package ai.cscx.chorus.alert;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.search.QuestionCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search to be kept.
 *
 * @param q as it is typed into the search
 * @param customer only its calls; null = all that its owner may see
 * @param alert whether new matches are told
 * @throws Failure.Rejected if it cannot be searched for or a text is blank or too long; all problems at once
 */
public record NewSearch(
        String name,
        String q,
        @Nullable CustomerId customer,
        @Nullable String speaker,
        @Nullable Side side,
        boolean alert) {
    static final String REFUSED = "The search cannot be saved.";
    private static final int LONGEST_NAME = 200;

    public NewSearch {
        List<Problem> problems = new ArrayList<>();
        name = name.strip();
        if (!isName(name)) {
            problems.add(nameProblem());
        }
        q = q.strip();
        try {
            QuestionCheck.check(q);
        } catch (Failure.Malformed unsearchable) {
            problems.add(new Problem("/q", String.valueOf(unsearchable.getMessage())));
        }
        if (speaker != null) {
            speaker = speaker.strip();
            if (!isName(speaker)) {
                problems.add(new Problem(
                        "/speaker", "has 1 to " + LONGEST_NAME + " characters; leave it out for whoever speaks"));
            }
        }
        if (!problems.isEmpty()) {
            throw new Failure.Rejected(REFUSED, problems);
        }
    }

    /**
     * The name of a search, stripped.
     *
     * @throws Failure.Rejected if it is blank or too long
     */
    static String name(String text) {
        String name = text.strip();
        if (!isName(name)) {
            throw new Failure.Rejected(REFUSED, List.of(nameProblem()));
        }
        return name;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME;
    }

    private static Problem nameProblem() {
        return new Problem("/name", "has 1 to " + LONGEST_NAME + " characters");
    }
}

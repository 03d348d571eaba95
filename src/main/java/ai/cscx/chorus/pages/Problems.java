package ai.cscx.chorus.pages;

import ai.cscx.chorus.base.Failure;
import java.util.stream.Collectors;

/** What was wrong with a form, for people. */
final class Problems {
    private Problems() {}

    /** All of it as one sentence a place. */
    static String said(Failure.Rejected wrong) {
        String message = String.valueOf(wrong.getMessage());
        return wrong.problems().isEmpty()
                ? message
                : message + " "
                        + wrong.problems().stream()
                                .map(problem -> CardView.words(problem.pointer().replace("/", "")) + " "
                                        + problem.detail() + ".")
                                .collect(Collectors.joining(" "));
    }
}

package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tools found for one question, numbered from 1 in the order of finding. For one thread. */
final class EvidenceLog {
    private final List<Evidence> found = new ArrayList<>();

    /** The handle of the evidence, such as {@code [3]}; the same evidence again keeps its handle. */
    String handle(Evidence evidence) {
        int known = found.indexOf(evidence);
        if (known >= 0) {
            return "[" + (known + 1) + "]";
        }
        found.add(evidence);
        return "[" + found.size() + "]";
    }

    /** The evidence behind a number; null if there is none. */
    @Nullable
    Evidence at(int number) {
        return number >= 1 && number <= found.size() ? found.get(number - 1) : null;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }
}

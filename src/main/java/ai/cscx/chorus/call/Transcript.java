package ai.cscx.chorus.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that was said in a call, ordered by index. */
public record Transcript(@Nullable String language, List<Utterance> utterances) {
    public Transcript {
        utterances = List.copyOf(utterances);
    }
}

package ai.cscx.chorus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.agent.Intents.Guess;
import ai.cscx.chorus.agent.LearnedIntents.Phrase;
import ai.cscx.chorus.search.Embedder;
import ai.cscx.chorus.search.EmbeddingSettings;
import ai.cscx.chorus.search.Embeddings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real model of the language beside the words. */
final class LearnedMeaningIT {
    @TempDir
    private static Path cache;

    @Test
    void guess_withEmbeddings_isRightMoreOftenOfPhrasesNotLearnedFrom() {
        List<Phrase> all = new ArrayList<>(LearnedIntents.phrases());
        Collections.shuffle(all, new Random(7));
        List<Phrase> unseen = all.subList(0, all.size() / 5);
        List<Phrase> known = all.subList(all.size() / 5, all.size());
        try (Embedder embedder =
                Objects.requireNonNull(Embeddings.open(new EmbeddingSettings.MiniLm(2, cache)), "the model is on")) {
            int byWords = right(new LearnedIntents(known, null), unseen);
            int byMeaningToo = right(new LearnedIntents(known, embedder), unseen);

            assertThat(byMeaningToo).isGreaterThan(byWords + unseen.size() / 20);
        }
    }

    private static int right(LearnedIntents learned, List<Phrase> phrases) {
        int right = 0;
        for (Phrase phrase : phrases) {
            Guess guess = learned.guess(Shape.pattern(phrase.text()));
            right += phrase.tool().equals(guess == null ? LearnedIntents.NONE : guess.tool()) ? 1 : 0;
        }
        return right;
    }
}

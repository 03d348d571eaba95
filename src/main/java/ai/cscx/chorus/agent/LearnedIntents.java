package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Intents.Guess;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.search.Embedder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opennlp.tools.ml.AbstractEventTrainer;
import opennlp.tools.ml.TrainerFactory;
import opennlp.tools.ml.maxent.quasinewton.QNTrainer;
import opennlp.tools.ml.model.Event;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guesses the tool for wordings that no pattern of {@link Intents} knows: a multinomial logistic regression (maximum
 * entropy, with an L2 penalty; Apache OpenNLP) over words, beginnings of words and pairs of words of a {@link Shape}, and
 * over the sentence's embedding where there is a model for it; trained on {@code requests.txt} when it is made, which takes
 * a quarter of a second of a core, with embeddings four to five. Thread-safe.
 */
final class LearnedIntents {
    /** The word for what no tool answers. */
    static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(LearnedIntents.class);
    private static final String PHRASES = "requests.txt";
    private static final int STEM = 5;
    private static final int ITERATIONS = 100;
    private static final double PENALTY = 0.3;
    /** An embedding has length 1; so its numbers weigh about as much as a sentence's words (by cross-validation). */
    private static final float SCALE = 8;
    /** What stands for a name or a date says nothing to a model of the language; these words do. */
    private static final Map<String, String> EXAMPLES =
            Map.of("CUST", "the customer", "PERS", "Dana", "DATE", "last week", "QUOTE", "something");

    private final MaxentModel model;
    private final @Nullable Embedder embedder;

    /**
     * A phrase to learn from.
     *
     * @param tool its name, or {@link #NONE}
     */
    record Phrase(String tool, String text) {}

    /**
     * What is learned from the product's own phrases.
     *
     * @param embedder a model in this process; null, or one that cannot be loaded: by words alone
     */
    static LearnedIntents own(@Nullable Embedder embedder) {
        try {
            return new LearnedIntents(phrases(), embedder);
        } catch (Failure.Unavailable unloaded) {
            LOG.warn("Messages are understood without embeddings: {}", unloaded.getMessage());
            return new LearnedIntents(phrases(), null);
        }
    }

    /**
     * @param embedder null: by words alone
     * @throws Failure.Unavailable if it cannot be loaded
     */
    LearnedIntents(List<Phrase> phrases, @Nullable Embedder embedder) {
        this.embedder = embedder;
        TrainingParameters parameters = new TrainingParameters();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, QNTrainer.MAXENT_QN_VALUE);
        parameters.put(AbstractEventTrainer.DATA_INDEXER_PARAM, AbstractEventTrainer.DATA_INDEXER_ONE_PASS_REAL_VALUE);
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 0);
        parameters.put(QNTrainer.L1COST_PARAM, 0.0);
        parameters.put(QNTrainer.L2COST_PARAM, PENALTY);
        List<Event> events = new ArrayList<>();
        for (Phrase phrase : phrases) {
            Features features = features(Shape.pattern(phrase.text()));
            events.add(new Event(phrase.tool(), features.names(), features.values()));
        }
        try {
            model = TrainerFactory.getEventTrainer(parameters, null)
                    .train(ObjectStreamUtils.createObjectStream(events));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Phrases in memory cannot be read", impossible);
        }
    }

    /**
     * The likeliest tool and how likely it is; null if that no tool answers it is likelier.
     *
     * @param pattern of a {@link Shape}
     */
    @Nullable
    Guess guess(String pattern) {
        Features features = features(pattern);
        double[] likely = model.eval(features.names(), features.values());
        String best = model.getBestOutcome(likely);
        return best.equals(NONE) ? null : new Guess(best, likely[model.getIndex(best)]);
    }

    static List<Phrase> phrases() {
        try (InputStream in = Objects.requireNonNull(
                LearnedIntents.class.getResourceAsStream(PHRASES), "the program's own phrases")) {
            List<Phrase> phrases = new ArrayList<>();
            String tool = NONE;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    tool = line.substring(1, line.length() - 1);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    phrases.add(new Phrase(tool, line));
                }
            }
            return phrases;
        } catch (IOException damaged) {
            throw new UncheckedIOException("The program's own " + PHRASES + " cannot be read", damaged);
        }
    }

    private record Features(String[] names, float[] values) {}

    private Features features(String pattern) {
        Set<String> words = new LinkedHashSet<>();
        String before = "^";
        for (String word : pattern.strip().split(" ")) {
            words.add("w=" + word);
            words.add("s=" + (word.length() > STEM ? word.substring(0, STEM) : word));
            words.add("p=" + before + " " + word);
            before = word;
        }
        words.add("p=" + before + " $");
        float[] vector = embedder == null
                ? new float[0]
                : embedder.embed(List.of(sentence(pattern))).getFirst();
        String[] names = Arrays.copyOf(words.toArray(String[]::new), words.size() + vector.length);
        float[] values = new float[names.length];
        Arrays.fill(values, 1);
        for (int i = 0; i < vector.length; i++) {
            names[words.size() + i] = "v=" + i;
            values[words.size() + i] = SCALE * vector[i];
        }
        return new Features(names, values);
    }

    private static String sentence(String pattern) {
        return Stream.of(pattern.strip().split(" "))
                .map(word -> EXAMPLES.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
    }
}

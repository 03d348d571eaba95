package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Intents.Guess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import opennlp.tools.ml.TrainerFactory;
import opennlp.tools.ml.maxent.quasinewton.QNTrainer;
import opennlp.tools.ml.model.Event;
import opennlp.tools.ml.model.MaxentModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the tool for wordings that no pattern of {@link Intents} knows: a multinomial logistic regression (maximum
 * entropy, with an L2 penalty; Apache OpenNLP) over words, beginnings of words and pairs of words of a {@link Shape},
 * trained on {@code requests.txt} when it is made, which takes about a second. Thread-safe.
 */
final class LearnedIntents {
    /** The word for what no tool answers. */
    static final String NONE = "none";

    private static final String PHRASES = "requests.txt";
    private static final int STEM = 5;
    private static final int ITERATIONS = 100;
    private static final double PENALTY = 0.1;

    private final MaxentModel model;

    /**
     * A phrase to learn from.
     *
     * @param tool its name, or {@link #NONE}
     */
    record Phrase(String tool, String text) {}

    private static final class Own {
        private static final LearnedIntents INTENTS = new LearnedIntents(phrases());
    }

    /** What was learned from the product's own phrases; whoever is first waits until it is. */
    static LearnedIntents own() {
        return Own.INTENTS;
    }

    LearnedIntents(List<Phrase> phrases) {
        TrainingParameters parameters = new TrainingParameters();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, QNTrainer.MAXENT_QN_VALUE);
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 0);
        parameters.put(QNTrainer.L1COST_PARAM, 0.0);
        parameters.put(QNTrainer.L2COST_PARAM, PENALTY);
        List<Event> events = phrases.stream()
                .map(phrase -> new Event(phrase.tool(), features(Shape.pattern(phrase.text()))))
                .toList();
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
        double[] likely = model.eval(features(pattern));
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

    private static String[] features(String pattern) {
        Set<String> features = new LinkedHashSet<>();
        String before = "^";
        for (String word : pattern.strip().split(" ")) {
            features.add("w=" + word);
            features.add("s=" + (word.length() > STEM ? word.substring(0, STEM) : word));
            features.add("p=" + before + " " + word);
            before = word;
        }
        features.add("p=" + before + " $");
        return features.toArray(String[]::new);
    }
}

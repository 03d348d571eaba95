package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Phrasebook.Topic;
import ai.cscx.chorus.simulator.Script.CompetitorMention;
import ai.cscx.chorus.simulator.Script.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chorus's trackers: hears a topic's words where the topic is talked about, and competitors everywhere. */
final class Ear {
    private static final String COMPETITORS = "Competitors";

    private final List<String> competitors;
    private final List<Mention> mentions = new ArrayList<>();
    private final List<CompetitorMention> named = new ArrayList<>();

    Ear(List<String> competitors) {
        this.competitors = competitors;
    }

    List<Mention> mentions() {
        return mentions;
    }

    List<CompetitorMention> named() {
        return named;
    }

    void hear(Topic topic, int utterance, String text) {
        String tracker = topic.tracker();
        String lower = text.toLowerCase(Locale.ROOT);
        if (tracker != null) {
            for (String word : topic.words()) {
                int at = position(lower, word);
                if (at >= 0) {
                    mentions.add(new Mention(tracker, utterance, at));
                    break;
                }
            }
        }
        for (String competitor : competitors) {
            int at = position(lower, competitor.toLowerCase(Locale.ROOT));
            if (at >= 0) {
                mentions.add(new Mention(COMPETITORS, utterance, at));
                named.add(new CompetitorMention(competitor, utterance));
            }
        }
    }

    /** How many words come before the phrase, or -1 where it is not said; both in lower case. */
    private static int position(String lower, String phrase) {
        int at = lower.indexOf(phrase);
        while (at > 0 && Character.isLetter(lower.charAt(at - 1))) {
            at = lower.indexOf(phrase, at + 1);
        }
        return at < 0 ? -1 : Tape.words(lower.substring(0, at));
    }
}

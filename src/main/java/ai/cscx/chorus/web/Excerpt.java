package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Utterances of a transcript, in its order.
 *
 * @param focus the one that was asked for, among them; null unless one was
 */
record Excerpt(List<Utterance> utterances, @Nullable Utterance focus) {
    private static final int MOST_NEIGHBOURS = 200;
    private static final int NEIGHBOURS = 3;
    private static final int LAST_INDEX = 999_999_999;

    Excerpt {
        utterances = List.copyOf(utterances);
    }

    /** Which part of a transcript is wanted. */
    sealed interface Wanted {
        /**
         * @throws Failure.Rejected if this transcript has no such place
         */
        Excerpt of(List<Utterance> said);
    }

    /** The parameters that {@link #wanted} reads. */
    static List<QueryParameter> parameters() {
        return List.of(
                QueryParameter.number("from", "Only what begins at this second or later"),
                QueryParameter.number("to", "Only what begins at this second or earlier"),
                QueryParameter.text("speaker", "Part of the speaker's name, in any case"),
                QueryParameter.oneOf("side", "On whose side it was said", Parameters.words(Side.class)),
                QueryParameter.whole("around", "Only the utterance with this index and its neighbours"),
                QueryParameter.number(
                        "at",
                        "Only the utterance that is spoken at this second and its neighbours; in a silence the one"
                                + " before it"),
                QueryParameter.whole(
                        "before", "With around or at: how many utterances before, 0 to 200; 3 if left out"),
                QueryParameter.whole("after", "With around or at: how many utterances after, 0 to 200; 3 if left out"));
    }

    /**
     * @throws Failure.Malformed if the parameters do not go together
     */
    static Wanted wanted(Parameters query) {
        Matching matching =
                new Matching(query.seconds("from"), query.seconds("to"), query.text("speaker"), query.side());
        Integer around = query.whole("around", LAST_INDEX);
        Long at = query.seconds("at");
        Integer before = query.whole("before", MOST_NEIGHBOURS);
        Integer after = query.whole("after", MOST_NEIGHBOURS);
        if (around == null && at == null) {
            if (before != null || after != null) {
                throw new Failure.Malformed(
                        "The parameters before and after need a place: give around (an index) or at (a second).");
            }
            return matching.checked();
        }
        if (around != null && at != null) {
            throw new Failure.Malformed("The parameters around and at both name a place; give one of them.");
        }
        if (!matching.equals(Matching.ALL)) {
            throw new Failure.Malformed("The parameters around and at show everything that was said near a place;"
                    + " leave out from, to, speaker and side.");
        }
        Neighbours neighbours = new Neighbours(
                Objects.requireNonNullElse(before, NEIGHBOURS), Objects.requireNonNullElse(after, NEIGHBOURS));
        return around == null ? new At(Objects.requireNonNull(at), neighbours) : new Around(around, neighbours);
    }

    /** Everything that fits; null means "any". */
    record Matching(
            @Nullable Long fromMs,
            @Nullable Long toMs,
            @Nullable String speaker,
            @Nullable Side side) implements Wanted {
        private static final Matching ALL = new Matching(null, null, null, null);

        private Matching checked() {
            if (fromMs != null && toMs != null && toMs < fromMs) {
                throw new Failure.Malformed("The range ends before it begins; swap from and to.");
            }
            return this;
        }

        @Override
        public Excerpt of(List<Utterance> said) {
            return new Excerpt(
                    equals(ALL) ? said : said.stream().filter(this::includes).toList(), null);
        }

        private boolean includes(Utterance utterance) {
            return (fromMs == null || utterance.startMs() >= fromMs)
                    && (toMs == null || utterance.startMs() <= toMs)
                    && (side == null || utterance.side() == side)
                    && (speaker == null || speaks(utterance, speaker));
        }

        private static boolean speaks(Utterance utterance, String part) {
            return utterance.speaker() != null
                    && utterance.speaker().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
        }
    }

    /** So many utterances before and after one. */
    record Neighbours(int before, int after) {
        Excerpt of(List<Utterance> said, int place) {
            return new Excerpt(
                    said.subList(Math.max(0, place - before), Math.min(said.size(), place + after + 1)),
                    said.get(place));
        }
    }

    /** An utterance by its index. */
    record Around(int index, Neighbours neighbours) implements Wanted {
        @Override
        public Excerpt of(List<Utterance> said) {
            int nearest = 0;
            for (int place = 0; place < said.size(); place++) {
                int here = said.get(place).index();
                if (here == index) {
                    return neighbours.of(said, place);
                }
                nearest = Math.abs((long) here - index)
                                < Math.abs((long) said.get(nearest).index() - index)
                        ? place
                        : nearest;
            }
            throw new Failure.Rejected("This transcript has no utterance with the index that around names; "
                    + (said.isEmpty()
                            ? "it has none at all."
                            : "the nearest is " + said.get(nearest).index() + "."));
        }
    }

    /**
     * The utterance that is spoken at a moment: it begins then or before and ends after; of several the one that begins
     * last, of those the first. In a silence the one before it, before the first words those.
     */
    record At(long ms, Neighbours neighbours) implements Wanted {
        @Override
        public Excerpt of(List<Utterance> said) {
            if (said.isEmpty()) {
                return new Excerpt(said, null);
            }
            if (said.stream().allMatch(utterance -> utterance.endMs() == 0)) {
                throw new Failure.Rejected("This transcript says nowhere when something was said; use around.");
            }
            int best = -1;
            int first = 0;
            for (int place = 0; place < said.size(); place++) {
                Utterance utterance = said.get(place);
                if (utterance.startMs() < said.get(first).startMs()) {
                    first = place;
                }
                if (utterance.startMs() <= ms && (best < 0 || isBetter(utterance, said.get(best)))) {
                    best = place;
                }
            }
            return neighbours.of(said, best < 0 ? first : best);
        }

        private boolean isBetter(Utterance one, Utterance other) {
            if (isSpoken(one) != isSpoken(other)) {
                return isSpoken(one);
            }
            return one.startMs() > other.startMs();
        }

        private boolean isSpoken(Utterance utterance) {
            return ms < utterance.endMs() || ms == utterance.startMs();
        }
    }
}

package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a passage stands in an order: better scores first, equal scores by id.
 */
record Place(double score, String passageId) {
    private static final String ORDERING = "search-2";
    private static final String BEST = "best";
    private static final String REST = "rest";

    /**
     * Where a page ended.
     *
     * @param rest whether it ended among those that come after the best, in the order of their words
     */
    record End(Place place, boolean rest) {
        static @Nullable End of(@Nullable String cursor) {
            if (cursor == null) {
                return null;
            }
            List<String> keys = Cursor.decode(cursor, ORDERING, 3).keys();
            boolean rest = keys.getFirst().equals(REST);
            try {
                double score = Double.parseDouble(keys.get(1));
                if (Double.isFinite(score) && (rest || keys.getFirst().equals(BEST))) {
                    return new End(new Place(score, Marks.clean(keys.getLast())), rest);
                }
            } catch (NumberFormatException notAScore) {
                throw new Failure.Malformed("The cursor is damaged; start again without one.", notAScore);
            }
            throw new Failure.Malformed("The cursor is damaged; start again without one.");
        }

        String cursor() {
            return new Cursor(ORDERING, List.of(rest ? REST : BEST, Double.toString(place.score()), place.passageId()))
                    .encode();
        }
    }

    boolean isBefore(Place other) {
        return score > other.score || (score == other.score && passageId.compareTo(other.passageId) < 0);
    }
}

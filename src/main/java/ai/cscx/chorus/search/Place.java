package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a passage stands in the order of an answer: better scores first, equal scores by id. */
record Place(double score, String passageId) {
    private static final String ORDERING = "search";

    static @Nullable Place after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        List<String> keys = Cursor.decode(cursor, ORDERING, 2).keys();
        try {
            double score = Double.parseDouble(keys.getFirst());
            if (Double.isFinite(score)) {
                return new Place(score, Marks.clean(keys.getLast()));
            }
        } catch (NumberFormatException notAScore) {
            throw new Failure.Malformed("The cursor is damaged; start again without one.", notAScore);
        }
        throw new Failure.Malformed("The cursor is damaged; start again without one.");
    }

    String cursor() {
        return new Cursor(ORDERING, List.of(Double.toString(score), passageId)).encode();
    }

    boolean isBefore(Place other) {
        return score > other.score || (score == other.score && passageId.compareTo(other.passageId) < 0);
    }
}

package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a passage stands in an order: better scores first, equal scores by id. */
record Place(double score, String passageId) {
    private static final String ORDERING = "search-2";

    /**
     * Where a page ended.
     *
     * @param rank how many passages stood before it among the best; -1 if it is one of those that come after the best, in
     *     the order of their words
     */
    record End(Place place, int rank) {
        private static final int REST = -1;

        static End rest(Place place) {
            return new End(place, REST);
        }

        boolean isRest() {
            return rank == REST;
        }

        static @Nullable End of(@Nullable String cursor) {
            if (cursor == null) {
                return null;
            }
            List<String> keys = Cursor.decode(cursor, ORDERING, 3).keys();
            try {
                int rank = Integer.parseInt(keys.getFirst());
                double score = Double.parseDouble(keys.get(1));
                if (Double.isFinite(score) && rank >= REST) {
                    return new End(new Place(score, Marks.clean(keys.getLast())), rank);
                }
            } catch (NumberFormatException notANumber) {
                throw new Failure.Malformed("The cursor is damaged; start again without one.", notANumber);
            }
            throw new Failure.Malformed("The cursor is damaged; start again without one.");
        }

        String cursor() {
            return new Cursor(
                            ORDERING,
                            List.of(Integer.toString(rank), Double.toString(place.score()), place.passageId()))
                    .encode();
        }
    }
}

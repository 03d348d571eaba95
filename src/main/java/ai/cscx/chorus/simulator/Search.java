package ai.cscx.chorus.simulator;

import java.util.List;
import java.util.function.Predicate;

/** Binary search in a list that a condition cuts in two. */
final class Search {
    private Search() {}

    /**
     * Index of the first item that the condition holds for, the list's size if there is none.
     *
     * @param condition false for items at the front, true for all after them
     */
    static <T> int firstAt(List<T> items, Predicate<T> condition) {
        int low = 0;
        int high = items.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(items.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}

package ai.cscx.chorus.base;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer list.
 *
 * @param nextCursor what to send to get the page after this one; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The first page of a list that was read at least one item further than the page goes, so that it is known whether
     * another follows.
     *
     * @param found more than {@code limit} if another page follows
     * @param end where a page ends that ends with this item
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<? super T, Cursor> end) {
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit), end.apply(found.get(limit - 1)).encode());
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), nextCursor);
    }
}

package ai.cscx.chorus.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of what was found, best first.
 *
 * @param nextCursor what to send to get the page after this one; null on the last page
 * @param mode how it was found, which may be less than was asked for
 * @param tookMs milliseconds from the question to the page
 * @param indexMs how many of them OpenSearch says it needed
 */
public record SearchResult(List<Hit> hits, @Nullable String nextCursor, Mode mode, long tookMs, long indexMs) {
    public SearchResult {
        hits = List.copyOf(hits);
    }
}

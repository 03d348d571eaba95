package ai.cscx.chorus.upstream;

import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.upstream.ChorusClient.ListPage;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reading the list of one window page by page. A page or a key that repeats, or a list without end, is an error: it is
 * never taken for a whole list. For one thread.
 */
public final class Listing {
    /** 100,000 calls in pages of 50. */
    private static final int MOST_PAGES = 2_000;

    private final ChorusClient client;
    private final Instant from;
    private final Instant until;
    private final Set<String> keys = new HashSet<>();
    private final Set<String> pages = new HashSet<>();
    private @Nullable String next;
    private boolean over;

    public Listing(ChorusClient client, Instant from, Instant until) {
        this.client = client;
        this.from = from;
        this.until = until;
    }

    public boolean isOver() {
        return over;
    }

    /**
     * The next page; one request.
     *
     * @throws ChorusException.Broken if the list repeats itself
     */
    public ListPage page() throws ChorusException {
        if (over) {
            throw new IllegalStateException("The list is over");
        }
        if (pages.size() >= MOST_PAGES) {
            throw new ChorusException.Broken("The list of one window has more than " + MOST_PAGES + " pages", null);
        }
        ListPage page = client.page(from, until, next);
        next = page.next();
        over = next == null || page.isEmpty();
        if (next != null && !keys.add(next) && !page.isEmpty()) {
            throw new ChorusException.Broken("The list repeats its key; it would never end", null);
        }
        if (!page.isEmpty() && !pages.add(fingerprint(page))) {
            throw new ChorusException.Broken("The list repeats a page", null);
        }
        return page;
    }

    private static String fingerprint(ListPage page) {
        StringBuilder ids = new StringBuilder();
        page.calls().forEach(call -> ids.append(call.id()).append('\n'));
        page.unreadable().forEach(element -> ids.append(Fingerprint.of(element.raw())));
        return Fingerprint.of(ids.toString());
    }
}

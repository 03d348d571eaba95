package ai.cscx.chorus.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Pages through Chorus's list as anybody would, to know how many requests that takes. */
final class UpstreamLists {
    private final Peer chorus;
    private final boolean days;

    /**
     * @param chorus with its key
     * @param days whether windows are days, as in the dialect {@code calls}
     */
    UpstreamLists(Peer chorus, boolean days) {
        this.chorus = chorus;
        this.days = days;
    }

    int pages(Instant from, Instant until) {
        String window = days
                ? "/api/v1/calls?limit=100&start_date=" + day(from) + "&end_date=" + day(until.minusNanos(1))
                : "/v3/engagements?min_date=" + Peer.encoded(from.toString()) + "&max_date="
                        + Peer.encoded(until.toString());
        int pages = 0;
        String key = "";
        do {
            JsonNode page = chorus.get(window + key).ok("list");
            pages++;
            key = page.path(days ? "calls" : "engagements").isEmpty() ? "" : next(page);
        } while (!key.isEmpty());
        return pages;
    }

    private String next(JsonNode page) {
        JsonNode pagination = page.path("pagination");
        boolean over = days
                && pagination.has("has_more")
                && !pagination.path("has_more").asBoolean();
        String key = text(days ? pagination.path("next_cursor") : page.path("continuation_key"));
        return over || key == null ? "" : (days ? "&cursor=" : "&continuation_key=") + Peer.encoded(key);
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}

package ai.cscx.chorus.upstream;

import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.Engagements.Engagement;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chorus's published API. Lists come newest first in pages of 100; a list ends when the continuation key is absent, null
 * or blank, or when a page is empty.
 */
final class EngagementsClient implements ChorusClient {
    /** Not conversations: they have no recording to fetch. */
    private static final Set<String> NO_RECORDINGS = Set.of("email", "content_viewed");
    /** Dates of the list are whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final ChorusHttp http;

    EngagementsClient(ChorusHttp http) {
        this.http = http;
    }

    @Override
    public Dialect dialect() {
        return Dialect.ENGAGEMENTS;
    }

    @Override
    public String account() throws ChorusException {
        ChorusHttp.Answer answer = http.get("/api/v1/users/me");
        if (answer.status() == 404) {
            throw new ChorusException.Broken("There is no Chorus API at this base URL (404)", null);
        }
        Engagements.UserDocument user = Wire.read(answer.body(), Engagements.UserDocument.class);
        if (user.data() == null || user.data().attributes() == null) {
            throw new ChorusException.Broken("Chorus does not say whose token it is", null);
        }
        Engagements.User owner = user.data().attributes();
        String name = owner.name() == null ? owner.email() : owner.name();
        return name == null ? "unnamed" : name;
    }

    @Override
    public ListPage page(Instant from, Instant until, @Nullable String next) throws ChorusException {
        StringBuilder path = new StringBuilder("/v3/engagements?with_trackers=true&min_date=")
                .append(ChorusHttp.encoded(from.toString()))
                .append("&max_date=")
                .append(ChorusHttp.encoded(until.toString()));
        if (next != null) {
            path.append("&continuation_key=").append(ChorusHttp.encoded(next));
        }
        ChorusHttp.Answer answer = http.get(path.toString());
        if (answer.status() == 404) {
            throw new ChorusException.Broken("There is no list of engagements at this base URL (404)", null);
        }
        Engagements.Page wire = Wire.read(answer.body(), Engagements.Page.class);
        if (wire.engagements() == null) {
            throw new ChorusException.Broken("The answer to a list request holds no list", null);
        }
        List<Listed> calls = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (JsonNode element : wire.engagements()) {
            sort(element, calls, unreadable);
        }
        for (Listed call : calls) {
            // Chorus ignores query names that it does not know, with 200: what comes back is checked.
            if (call.startedAt().isBefore(from.minus(ROUNDING))
                    || call.startedAt().isAfter(until.plus(ROUNDING))) {
                throw new ChorusException.Broken("The list holds a call outside the window that was asked for", null);
            }
        }
        String key = wire.continuationKey();
        return new ListPage(calls, unreadable, key == null || key.isBlank() ? null : key);
    }

    @Override
    public Fetched fetch(String id) throws ChorusException {
        ChorusHttp.Answer answer = http.get("/api/v1/conversations/" + ChorusHttp.encoded(id));
        if (answer.status() == 404) {
            return new Fetched.Gone(1);
        }
        Engagements.Head document = Wire.read(answer.body(), Engagements.Head.class);
        if (document.data() == null || document.data().attributes() == null) {
            throw new ChorusException.Broken("The detail holds no conversation", null);
        }
        if (document.data().id() != null && !document.data().id().equals(id)) {
            throw new ChorusException.Broken("The detail is of another conversation than the one asked for", null);
        }
        boolean isPrivate = Boolean.TRUE.equals(document.data().attributes().isPrivate());
        return new Fetched.Found(new Answers(Map.of(Part.DETAIL, answer.body())), isPrivate, true, 1);
    }

    @Override
    public Webhooks webhooks() {
        return new EngagementsWebhooks(http);
    }

    private static void sort(JsonNode element, List<Listed> calls, List<Unreadable> unreadable) {
        byte[] raw = Wire.bytes(element);
        String id = element.path("engagement_id").asText("").strip();
        if (id.isBlank()) {
            unreadable.add(new Unreadable(null, "A list element has no engagement_id", raw));
            return;
        }
        if (!element.path("date_time").isNumber()) {
            unreadable.add(new Unreadable(id, "A list element has no date_time", raw));
            return;
        }
        try {
            Engagement engagement = Wire.read(element, Engagement.class);
            boolean recording = engagement.type() == null || !NO_RECORDINGS.contains(engagement.type());
            Instant startedAt = Instant.ofEpochSecond(element.path("date_time").asLong());
            calls.add(new Listed(id, recording, startedAt, false, raw));
        } catch (DateTimeException beyondTime) {
            unreadable.add(new Unreadable(id, "A list element has a date_time that is no date", raw));
        } catch (ChorusException.Broken wrong) {
            unreadable.add(new Unreadable(id, String.valueOf(wrong.getMessage()), raw));
        } catch (ChorusException impossible) {
            throw new IllegalStateException("Nothing was sent", impossible);
        }
    }
}

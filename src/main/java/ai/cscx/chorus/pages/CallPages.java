package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Glances.Glance;
import ai.cscx.chorus.call.SpeakerStatistics;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.pages.CallPage.Belonging;
import ai.cscx.chorus.pages.CallPage.CandidateRow;
import ai.cscx.chorus.pages.Conversation.Lane;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Tasks;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One call: what was said, by whom, what came of it, whose it is. */
final class CallPages {
    private static final int ALL_ITEMS = 500;
    private static final int MOST_LANES = 8;
    private static final int TICKS = 5;
    private static final int LONGEST_FIND = 200;

    private final Calls calls;
    private final Tasks tasks;
    private final Customers customers;
    private final Links links;
    private final Frames frames;
    private final Templates templates;

    CallPages(Calls calls, Tasks tasks, Customers customers, Links links, Frames frames, Templates templates) {
        this.calls = calls;
        this.tasks = tasks;
        this.customers = customers;
        this.links = links;
        this.frames = frames;
        this.templates = templates;
    }

    void addTo(Pages.Paths paths) {
        paths.get("/calls/{id}", this::show);
        paths.post("/calls/{id}/customer", this::link);
    }

    private void show(Visit visit) {
        Asker asker = visit.asker();
        CallDetails details = calls.get(asker, CallId.parse(visit.path("id")));
        Call call = details.call();
        Transcript transcript = calls.transcript(asker, call.id());
        TreeMap<Long, Integer> places = Conversation.places(transcript);
        String moment = visit.query("t");
        if (moment != null) {
            Integer utterance = Conversation.at(places, millis(moment));
            visit.goTo("/calls/" + call.id() + (utterance == null ? "" : "#u" + utterance));
            return;
        }
        List<ActionItem> items = tasks.actionItems(asker, Tasks.ItemFilter.ofCall(call.id()), ALL_ITEMS)
                .items();
        SpeakerStatistics statistics = SpeakerStatistics.of(transcript);
        String find = visit.query("find");
        if (find != null && find.length() > LONGEST_FIND) {
            throw new Failure.Malformed("What is looked for in a call has at most 200 characters.");
        }
        long length = Math.max(
                call.durationMs(),
                transcript.utterances().stream()
                        .mapToLong(said -> said.endMs())
                        .max()
                        .orElse(0));
        Reader reader = visit.reader();
        CallRow row = CallRow.of(call, Glance.NONE, reader);
        CallParts parts = new CallParts(places, length, reader);
        visit.html(templates.draw(
                "call",
                new CallPage(
                        frames.of(visit, row.title(), "library"),
                        row,
                        call.owner(),
                        details.language() == null
                                ? null
                                : Locale.forLanguageTag(details.language()).getDisplayLanguage(Locale.ENGLISH),
                        Lane.of(transcript, length).stream().limit(MOST_LANES).toList(),
                        parts.markLanes(details, items),
                        IntStream.range(0, TICKS)
                                .mapToObj(n -> Reader.place(length * n / (TICKS - 1)))
                                .toList(),
                        parts.people(call, statistics),
                        parts.talk(statistics),
                        parts.trackers(details),
                        items.stream().map(parts::item).toList(),
                        parts.momentum(details.momentum()),
                        belonging(asker, details, reader),
                        Conversation.of(transcript, find, call.url()),
                        silence(call),
                        Objects.requireNonNullElse(find, ""),
                        reader.ago(details.syncedAt()))));
    }

    /** A moment as people write it: 12:04, 1:02:33, or seconds. */
    static long millis(String moment) {
        if (moment.matches("\\d{1,3}(:[0-5]?\\d){1,2}")) {
            long seconds = 0;
            for (String part : moment.split(":")) {
                seconds = seconds * 60 + Long.parseLong(part);
            }
            return seconds * 1000;
        }
        if (moment.matches("\\d{1,7}(\\.\\d{1,9})?")) {
            return new BigDecimal(moment).movePointRight(3).longValue();
        }
        throw new Failure.Malformed("A moment is written like 12:04, 1:02:33, or as seconds.");
    }

    private static @Nullable String silence(Call call) {
        return switch (call.transcript()) {
            case AVAILABLE -> null;
            case PENDING ->
                "Chorus has not written the transcript yet. It appears here by itself, often within the hour.";
            case EMPTY -> "Chorus is done with this recording, and nobody said a word in it.";
            case NONE -> "There is no transcript, and there will be none: nothing was recorded.";
        };
    }

    /** A candidate that the reader may not see does not exist for them. */
    private Belonging belonging(Asker asker, CallDetails details, Reader reader) {
        Call.CustomerRef now = details.call().customer();
        List<Choice> choices = customers.visible(asker).stream()
                .map(one -> new Choice(
                        one.id().toString(), one.name(), now != null && one.id().equals(now.id())))
                .toList();
        Map<String, Choice> visible = choices.stream().collect(Collectors.toMap(Choice::value, choice -> choice));
        Double confidence = details.match().confidence();
        return new Belonging(
                details.match().reason(),
                confidence == null ? null : reader.percent(confidence),
                details.match().candidates().stream()
                        .filter(one -> visible.containsKey(one.customerId()))
                        .filter(one ->
                                now == null || !one.customerId().equals(now.id().toString()))
                        .sorted(Comparator.comparingDouble(CallPages::certainty).reversed())
                        .map(one -> new CandidateRow(
                                one.customerId(),
                                one.name(),
                                one.reason(),
                                one.confidence() == null ? null : reader.percent(certainty(one))))
                        .toList(),
                choices,
                asker.role() == Role.ADMIN);
    }

    private static double certainty(CallDetails.Candidate candidate) {
        Double confidence = candidate.confidence();
        return confidence == null ? 0 : confidence;
    }

    private void link(Visit visit) {
        Asker asker = visit.asker();
        CallId id = CallId.parse(visit.path("id"));
        String given = visit.field("customer");
        UUID customer =
                "none".equals(given) ? null : Visit.id(given, "Choose a customer from the list; nothing was changed.");
        links.link(
                asker,
                id,
                customer == null ? null : new CustomerId(customer),
                visit.field("learn") == null ? new Links.Teaching.Nothing() : new Links.Teaching.TheDomain());
        String next = visit.field("next");
        visit.goTo(next == null ? "/calls/" + id + "#belongs" : SignInPages.here(next));
    }
}

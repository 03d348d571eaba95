package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.search.Facets;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.search.Mode;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.search.SearchResult;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said, found in all calls that the reader may see. */
final class SearchPages {
    private static final int PAGE = 25;
    private static final int MOST_FACETS = 8;
    private static final List<String> FILTERS = List.of("customer", "from", "to", "speaker", "side", "mode");

    private final Search search;
    private final Calls calls;
    private final Customers customers;
    private final Frames frames;
    private final Templates templates;

    SearchPages(Search search, Calls calls, Customers customers, Frames frames, Templates templates) {
        this.search = search;
        this.calls = calls;
        this.customers = customers;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param q blank = nothing is looked for yet
     * @param question whether it reads like one for the assistant
     * @param coverage what was looked into, in words
     * @param next address of the next page; null = this is the last
     * @param problem why nothing could be looked for; null = nothing went wrong
     */
    record SearchPage(
            Frame frame,
            String q,
            boolean question,
            Fields fields,
            List<Passage> passages,
            List<Facet> facets,
            @Nullable String coverage,
            @Nullable String next,
            @Nullable String problem) {
        SearchPage {
            passages = List.copyOf(passages);
            facets = List.copyOf(facets);
        }
    }

    record Fields(
            String from,
            String to,
            String speaker,
            List<Choice> customers,
            List<Choice> sides,
            List<Choice> modes,
            String customer,
            String side,
            boolean any) {}

    /**
     * @param highlight HTML in which only what was found is marked up
     * @param address of the utterance
     */
    record Passage(
            String title,
            @Nullable String customer,
            String day,
            String exact,
            String iso,
            String place,
            String speaker,
            boolean theirs,
            String highlight,
            String address,
            @Nullable String recording) {
        static Passage of(Hit hit, Reader reader) {
            return new Passage(
                    CallRow.titleOf(hit.title()),
                    hit.customerName(),
                    reader.day(hit.startedAt()),
                    reader.exact(hit.startedAt()),
                    hit.startedAt().toString(),
                    Reader.place(hit.utteranceStartMs()),
                    Objects.requireNonNullElse(hit.speaker(), "Somebody"),
                    hit.side() == Side.EXTERNAL,
                    hit.highlight(),
                    "/calls/" + hit.call() + "#u" + hit.utterance(),
                    Outside.link(hit.url()));
        }
    }

    /** One way to narrow what was found. */
    record Facet(String name, List<Entry> entries) {
        Facet {
            entries = List.copyOf(entries);
        }

        /**
         * @param share of the largest, 0 to 100
         */
        record Entry(String label, String count, int share, String address) {}
    }

    void addTo(Pages.Paths paths) {
        paths.get("/search", this::show);
    }

    private void show(Visit visit) {
        String query = visit.filledQuery();
        if (visit.hasBlanks()) {
            visit.goTo("/search" + (query.isEmpty() ? "" : "?" + query));
            return;
        }
        Frame frame = frames.of(visit, "Search", "search");
        String q = visit.query("q");
        if (q == null) {
            visit.html(templates.draw("search", empty(visit, frame, "", null)));
            return;
        }
        SearchPage page;
        try {
            page = found(visit, frame, q);
        } catch (Failure.Malformed | Failure.Rejected wrong) {
            visit.context().status(400);
            page = empty(visit, frame, q, wrong.getMessage());
        } catch (Failure.Unavailable away) {
            visit.context().status(503);
            page = empty(
                    visit,
                    frame,
                    q,
                    "Search does not answer right now. The library and all calls are still here; try again in a moment.");
        }
        visit.html(templates.draw("search", page));
    }

    private SearchPage found(Visit visit, Frame frame, String q) {
        Asker asker = visit.asker();
        SearchRequest request = request(visit, q);
        SearchResult result = search.search(asker, request);
        Facets facets = search.facets(asker, request);
        Calls.Coverage coverage = calls.coverage(asker, CallFilter.of(request.customers(), request.range()));
        return new SearchPage(
                frame,
                q,
                q.endsWith("?"),
                fields(visit),
                result.hits().stream()
                        .map(hit -> Passage.of(hit, visit.reader()))
                        .toList(),
                visit.query("cursor") == null ? facets(visit, facets) : List.of(),
                coverage(visit.reader(), coverage, result.mode()),
                result.nextCursor() == null ? null : address(visit, "cursor", result.nextCursor()),
                null);
    }

    private SearchPage empty(Visit visit, Frame frame, String q, @Nullable String problem) {
        return new SearchPage(frame, q, q.endsWith("?"), fields(visit), List.of(), List.of(), null, null, problem);
    }

    private static SearchRequest request(Visit visit, String q) {
        UUID customer = Words.id("customer", visit.query("customer"));
        return new SearchRequest(
                q,
                customer == null ? Set.of() : Set.of(new CustomerId(customer)),
                LibraryPages.range(visit),
                visit.query("speaker"),
                Words.read("side", visit.query("side"), Side.class),
                null,
                null,
                Objects.requireNonNullElse(Words.read("mode", visit.query("mode"), Mode.class), Mode.HYBRID),
                SearchRequest.Need.SOME,
                PAGE,
                visit.query("cursor"));
    }

    private static String coverage(Reader reader, Calls.Coverage coverage, Mode mode) {
        String how = switch (mode) {
            case LEXICAL -> "by words";
            case SEMANTIC -> "by meaning";
            case HYBRID -> "by words and meaning";
        };
        String said = "Searched " + reader.counted(coverage.searched(), "call") + " " + how;
        if (coverage.withoutTranscript() > 0) {
            said += "; " + reader.number(coverage.withoutTranscript()) + " more have no transcript";
        }
        return coverage.waiting() > 0
                ? said + "; " + reader.number(coverage.waiting()) + " are not in the index yet"
                : said;
    }

    private Fields fields(Visit visit) {
        String customer = Objects.requireNonNullElse(visit.query("customer"), "");
        String side = Objects.requireNonNullElse(visit.query("side"), "");
        String mode = Objects.requireNonNullElse(visit.query("mode"), Words.of(Mode.HYBRID));
        return new Fields(
                Objects.requireNonNullElse(visit.query("from"), ""),
                Objects.requireNonNullElse(visit.query("to"), ""),
                Objects.requireNonNullElse(visit.query("speaker"), ""),
                LibraryPages.customerChoices(customers, visit.asker(), customer),
                LibraryPages.choices(Arrays.stream(Side.values())
                        .map(one -> new Choice(
                                Words.of(one), sideName(one), Words.of(one).equals(side)))
                        .toList()),
                Arrays.stream(Mode.values())
                        .map(one -> new Choice(
                                Words.of(one), modeName(one), Words.of(one).equals(mode)))
                        .toList()
                        .reversed(),
                customer,
                side,
                FILTERS.stream().anyMatch(name -> visit.query(name) != null));
    }

    static String sideName(Side side) {
        return switch (side) {
            case INTERNAL -> "Us";
            case EXTERNAL -> "The customer";
            case UNKNOWN -> "Unknown";
        };
    }

    private static String modeName(Mode mode) {
        return switch (mode) {
            case LEXICAL -> "Words only";
            case SEMANTIC -> "Meaning only";
            case HYBRID -> "Words and meaning";
        };
    }

    private static List<Facet> facets(Visit visit, Facets facets) {
        long mostAtCustomer = facets.customers().stream()
                .mapToLong(Facets.CustomerCount::passages)
                .max()
                .orElse(1);
        long mostBySpeaker = facets.speakers().stream()
                .mapToLong(Facets.SpeakerCount::passages)
                .max()
                .orElse(1);
        long mostInMonth = facets.months().stream()
                .mapToLong(Facets.MonthCount::passages)
                .max()
                .orElse(1);
        Facet months = new Facet(
                "Month",
                facets.months().reversed().stream()
                        .limit(MOST_FACETS)
                        .map(one -> entry(
                                visit,
                                visit.reader().month(one.month()),
                                one.passages(),
                                mostInMonth,
                                month(visit, one.month())))
                        .toList());
        Facet atCustomers = new Facet(
                "Customer",
                facets.customers().stream()
                        .limit(MOST_FACETS)
                        .map(one -> entry(
                                visit,
                                one.name(),
                                one.passages(),
                                mostAtCustomer,
                                address(visit, "customer", one.id().toString())))
                        .toList());
        Facet bySpeakers = new Facet(
                "Speaker",
                facets.speakers().stream()
                        .limit(MOST_FACETS)
                        .map(one -> entry(
                                visit,
                                one.name(),
                                one.passages(),
                                mostBySpeaker,
                                address(visit, "speaker", one.name())))
                        .toList());
        return List.of(atCustomers, bySpeakers, months).stream()
                .filter(facet -> facet.entries().size() > 1)
                .toList();
    }

    private static Facet.Entry entry(Visit visit, String label, long count, long most, String address) {
        int share = (int) Math.max(2, Math.round(100.0 * count / Math.max(1, most)));
        return new Facet.Entry(label, visit.reader().number(count), share, address);
    }

    private static String month(Visit visit, YearMonth month) {
        Map<String, String> changed = parameters(visit);
        changed.put("from", month.atDay(1).toString());
        changed.put("to", month.atEndOfMonth().toString());
        return "/search?" + Visit.encoded(changed);
    }

    private static String address(Visit visit, String name, String value) {
        Map<String, String> changed = parameters(visit);
        changed.put(name, value);
        return "/search?" + Visit.encoded(changed);
    }

    private static Map<String, String> parameters(Visit visit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("q", Objects.requireNonNullElse(visit.query("q"), ""));
        for (String name : FILTERS) {
            String value = visit.query(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        return parameters;
    }
}

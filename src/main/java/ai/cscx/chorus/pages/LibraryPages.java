package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent.State;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.CallFilter.Sort;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Glances;
import ai.cscx.chorus.call.Glances.Glance;
import ai.cscx.chorus.customer.Customers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The library: all calls that the reader may see, filtered, page by page. */
final class LibraryPages {
    private static final int PAGE = 50;

    private final Calls calls;
    private final Glances glances;
    private final Customers customers;
    private final Frames frames;
    private final Templates templates;

    LibraryPages(Calls calls, Glances glances, Customers customers, Frames frames, Templates templates) {
        this.calls = calls;
        this.glances = glances;
        this.customers = customers;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param filters how many are set
     * @param pending how many of the calls have no words yet
     * @param next address of the page after this one; null = this is the last
     * @param first address of the first page; null = this is it
     * @param problem what is wrong with the filters; null = nothing
     */
    record LibraryPage(
            Frame frame,
            Fields fields,
            int filters,
            List<CallRow> rows,
            long total,
            long pending,
            @Nullable String next,
            @Nullable String first,
            @Nullable String problem) {
        LibraryPage {
            rows = List.copyOf(rows);
        }

        String counted() {
            return frame.reader().counted(total, "call");
        }
    }

    /** What stands in the filters; blank = nothing. */
    record Fields(
            String from,
            String to,
            String participant,
            String title,
            List<Choice> customers,
            List<Choice> owners,
            List<Choice> states,
            List<Choice> items,
            List<Choice> sorts) {}

    void addTo(Pages.Paths paths) {
        paths.get("/", this::list);
        paths.get("/calls", this::list);
    }

    private void list(Visit visit) {
        if (visit.query("q") != null) {
            visit.goTo("/search?" + visit.filledQuery());
            return;
        }
        String query = visit.filledQuery();
        if (visit.hasBlanks() && !visit.isPart()) {
            visit.goTo("/calls" + (query.isEmpty() ? "" : "?" + query));
            return;
        }
        LibraryPage shown;
        try {
            shown = page(visit);
        } catch (Failure.Malformed wrong) {
            visit.context().status(400);
            shown = new LibraryPage(
                    frames.of(visit, "Library", "library"),
                    fields(visit, visit.asker(), Sort.NEWEST),
                    filters(visit),
                    List.of(),
                    0,
                    0,
                    null,
                    null,
                    wrong.getMessage());
        }
        visit.context().header("HX-Push-Url", "/calls" + (query.isEmpty() ? "" : "?" + query));
        visit.html(templates.draw("library", shown));
    }

    private LibraryPage page(Visit visit) {
        Asker asker = visit.asker();
        CallFilter filter = filter(visit);
        Sort sort = Objects.requireNonNullElse(Words.read("sort", visit.query("sort"), Sort.class), Sort.NEWEST);
        Page<Call> page = calls.list(asker, filter, sort, visit.query("cursor"), PAGE);
        Map<CallId, Glance> more =
                glances.of(asker, page.items().stream().map(Call::id).toList());
        Calls.Coverage coverage = calls.coverage(asker, filter);
        return new LibraryPage(
                frames.of(visit, "Library", "library"),
                fields(visit, asker, sort),
                filters(visit),
                page.items().stream()
                        .map(call -> CallRow.of(call, more.getOrDefault(call.id(), Glance.NONE), visit.reader()))
                        .toList(),
                coverage.calls(),
                coverage.pending(),
                page.nextCursor() == null ? null : address(visit, page.nextCursor()),
                visit.query("cursor") == null ? null : address(visit, null),
                null);
    }

    private static CallFilter filter(Visit visit) {
        UUID customer = Words.id("customer", visit.query("customer"));
        UUID owner = Words.id("owner", visit.query("owner"));
        return new CallFilter(
                customer == null ? Set.of() : Set.of(new CustomerId(customer)),
                range(visit),
                visit.query("participant"),
                owner == null ? null : new UserId(owner),
                visit.query("title"),
                switch (Objects.requireNonNullElse(visit.query("items"), "")) {
                    case "" -> null;
                    case "open" -> true;
                    case "none" -> false;
                    default -> throw new Failure.Malformed("The filter items is open or none.");
                },
                Words.read("state", visit.query("state"), State.class));
    }

    static TimeRange range(Visit visit) {
        return Words.range(
                visit.query("from"), visit.query("to"), visit.reader().zone());
    }

    private static int filters(Visit visit) {
        return (int) List.of("from", "to", "participant", "title", "customer", "owner", "state", "items").stream()
                .filter(name -> visit.query(name) != null)
                .count();
    }

    private Fields fields(Visit visit, Asker asker, Sort sort) {
        String customer = Objects.requireNonNullElse(visit.query("customer"), "");
        String owner = Objects.requireNonNullElse(visit.query("owner"), "");
        String state = Objects.requireNonNullElse(visit.query("state"), "");
        String items = Objects.requireNonNullElse(visit.query("items"), "");
        return new Fields(
                Objects.requireNonNullElse(visit.query("from"), ""),
                Objects.requireNonNullElse(visit.query("to"), ""),
                Objects.requireNonNullElse(visit.query("participant"), ""),
                Objects.requireNonNullElse(visit.query("title"), ""),
                customerChoices(customers, asker, customer),
                choices(glances.owners(asker).stream()
                        .map(one -> new Choice(
                                one.id().toString(),
                                one.name(),
                                one.id().toString().equals(owner)))
                        .toList()),
                choices(Arrays.stream(State.values())
                        .map(one -> new Choice(
                                Words.of(one),
                                CallRow.stateName(one),
                                Words.of(one).equals(state)))
                        .toList()),
                List.of(
                        new Choice("", "Any", items.isEmpty()),
                        new Choice("open", "Some open", items.equals("open")),
                        new Choice("none", "None open", items.equals("none"))),
                Arrays.stream(Sort.values())
                        .map(one -> new Choice(
                                Words.of(one),
                                one.name().charAt(0) + one.name().substring(1).toLowerCase(Locale.ROOT),
                                one == sort))
                        .toList());
    }

    static List<Choice> customerChoices(Customers customers, Asker asker, String chosen) {
        return choices(customers.visible(asker).stream()
                .map(one -> new Choice(
                        one.id().toString(), one.name(), one.id().toString().equals(chosen)))
                .toList());
    }

    /** With "any" before them. */
    static List<Choice> choices(List<Choice> named) {
        List<Choice> all = new ArrayList<>();
        all.add(new Choice("", "Any", named.stream().noneMatch(Choice::chosen)));
        all.addAll(named);
        return all;
    }

    private static String address(Visit visit, @Nullable String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name :
                List.of("from", "to", "participant", "title", "customer", "owner", "state", "items", "sort")) {
            String value = visit.query(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        return "/calls" + (parameters.isEmpty() ? "" : "?" + Visit.encoded(parameters));
    }
}

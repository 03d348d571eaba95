package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Arguments.Misuse;
import ai.cscx.chorus.agent.PortfolioSaid.Standing;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.date.Folding;
import ai.cscx.chorus.signal.Band;
import ai.cscx.chorus.signal.CustomerHealth;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.HealthFilter;
import ai.cscx.chorus.signal.MentionFilter;
import ai.cscx.chorus.signal.Trend;
import ai.cscx.chorus.signal.TrendRequest;
import ai.cscx.chorus.signal.TrendRequest.GroupBy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tools that say how customers are doing: insights, trends, health, portfolio. For one tool call. */
final class SignalTools {
    private static final int PAGE = 200;
    /** Customers whose insights are reckoned for one answer. */
    private static final int INSIGHTS = 50;

    private static final int TRENDS = 50;
    private static final int QUOTES = 3;
    private static final int PREFIX = 5;

    private final Verbs verbs;
    private final Question question;
    private final Arguments arguments;
    private final Directory directory;

    SignalTools(Verbs verbs, Question question, Arguments arguments) {
        this.verbs = verbs;
        this.question = question;
        this.arguments = arguments;
        this.directory = new Directory(question);
    }

    Finding insights() {
        String category = arguments.wordOr(null, "category", "momentum", "objections", "pricing", "next_steps");
        Roster.KnownPerson participant = directory.participant(arguments);
        Set<CustomerId> named = directory.customers(arguments);
        Person owner = directory.colleague(arguments, "owner");
        TimeRange range = arguments.range(question.asker().zone());
        CallId call = new CallFinder(verbs, question, arguments).call();
        List<CustomerId> wanted = new ArrayList<>(named);
        if (wanted.isEmpty()) {
            customers(owner).forEach(customer -> wanted.add(customer.id()));
        }
        int most = arguments.limit(INSIGHTS, INSIGHTS);
        List<CustomerInsights> found = wanted.stream()
                .limit(INSIGHTS)
                .map(customer -> verbs.signals().insights().of(question.asker(), customer, range))
                .filter(insights -> insights.coverage().calls() > 0)
                .toList();
        return new InsightsSaid(question, arguments, this::title)
                .say(found, wanted.size(), category, call, participant == null ? null : participant.name(), most);
    }

    Finding trends() {
        String category = category(arguments.text("category"));
        Set<CustomerId> customers = directory.customers(arguments);
        Person owner = directory.colleague(arguments, "owner");
        String groupBy = arguments.wordOr(null, "groupBy", "customer", "owner", "week", "month", "health");
        if ("health".equals(groupBy)) {
            throw new Misuse("Trends cannot be grouped by health; ask by customer, owner, week or month.");
        }
        TimeRange range = arguments.range(question.asker().zone());
        String tracker = arguments.text("tracker") == null ? arguments.text("query") : arguments.text("tracker");
        List<Trend> found = new ArrayList<>();
        List<@Nullable CustomerId> each = new ArrayList<>(customers);
        if (each.isEmpty()) {
            each.add(null);
        }
        for (CustomerId customer : each) {
            TrendRequest request = new TrendRequest(
                    range,
                    customer,
                    owner == null ? null : owner.id(),
                    null,
                    category,
                    groupBy == null ? null : GroupBy.valueOf(groupBy.toUpperCase(Locale.ROOT)));
            found.addAll(verbs.signals()
                    .trends()
                    .list(question.asker(), request, null, PAGE)
                    .items());
        }
        List<Trend> fitting = found.stream()
                .filter(trend -> tracker == null || alike(trend.tracker(), tracker))
                .limit(arguments.limit(TRENDS, PAGE))
                .toList();
        TrendsSaid said = new TrendsSaid(question, arguments);
        if (fitting.isEmpty()) {
            return said.nothing(found);
        }
        MentionFilter heard = new MentionFilter(
                range,
                customers.size() == 1 ? customers.iterator().next() : null,
                fitting.getFirst().tracker(),
                null,
                null);
        return said.say(
                fitting,
                groupBy,
                owner == null && customers.size() <= 1
                        ? verbs.signals()
                                .mentions()
                                .list(question.asker(), heard, null, QUOTES)
                                .items()
                        : List.of());
    }

    Finding health() {
        Set<CustomerId> customers = directory.customers(arguments);
        if (customers.isEmpty()) {
            throw new Misuse("Whose health? \"customer\" is missing.");
        }
        List<CustomerHealth> found = customers.stream()
                .map(customer -> verbs.signals().health().apply(question.asker(), customer))
                .sorted(Comparator.comparing(health -> health.customer().name()))
                .toList();
        return new HealthSaid(question, arguments, this::title).say(found);
    }

    Finding portfolio() {
        Person owner = directory.colleague(arguments, "owner");
        String risk = arguments.wordOr(null, "risk", "high", "medium", "low");
        String sort = arguments.wordOr(null, "sort", "health_asc", "risk_desc");
        String groupBy = arguments.wordOr(null, "groupBy", "customer", "owner", "week", "month", "health");
        LocalDate from = arguments.day("from");
        LocalDate to = arguments.day("to");
        arguments.range(question.asker().zone());
        Band band = risk == null ? null : band(risk);
        Map<CustomerId, CustomerHealth> healths = healths(verbs, question, owner, band);
        List<Standing> found = new ArrayList<>();
        for (Customer customer : customers(owner)) {
            CustomerHealth health = healths.get(customer.id());
            LocalDate renewal = customer.renewalDate();
            boolean inTime = from == null && to == null
                    || renewal != null
                            && (from == null || !renewal.isBefore(from))
                            && (to == null || !renewal.isAfter(to));
            if (inTime && (health != null || band == null)) {
                found.add(new Standing(customer, health));
            }
        }
        return new PortfolioSaid(arguments)
                .say(found, sort, groupBy, arguments.limit(PAGE, PAGE), from != null || to != null);
    }

    /** Which band a risk stands for. */
    static Band band(String risk) {
        return switch (risk) {
            case "high" -> Band.RED;
            case "medium" -> Band.YELLOW;
            default -> Band.GREEN;
        };
    }

    /** How customers stand that the asker may see; null means "any". */
    static Map<CustomerId, CustomerHealth> healths(
            Verbs verbs, Question question, @Nullable Person owner, @Nullable Band band) {
        Map<CustomerId, CustomerHealth> healths = new HashMap<>();
        HealthFilter filter = new HealthFilter(band, owner == null ? null : owner.id(), HealthFilter.Sort.NAME);
        all(cursor -> verbs.signals().healths().list(question.asker(), filter, cursor, PAGE))
                .forEach(health -> healths.put(health.customer().id(), health));
        return healths;
    }

    private List<Customer> customers(@Nullable Person owner) {
        return all(cursor -> verbs.customers().list(question.asker(), cursor, PAGE)).stream()
                .filter(customer -> owner == null || owner.id().equals(customer.owner()))
                .toList();
    }

    private static <T> List<T> all(Function<@Nullable String, Page<T>> read) {
        List<T> all = new ArrayList<>();
        Page<T> page = read.apply(null);
        all.addAll(page.items());
        while (page.nextCursor() != null) {
            page = read.apply(page.nextCursor());
            all.addAll(page.items());
        }
        return all;
    }

    private @Nullable String title(CallId call) {
        return verbs.call().apply(question.asker(), call).call().title();
    }

    /** The trackers' category that an insight's category stands for; null means "any". */
    private @Nullable String category(@Nullable String said) {
        String category = arguments.wordOr(null, "category", "momentum", "objections", "pricing", "next_steps");
        if (said == null || category == null) {
            return null;
        }
        return switch (category) {
            case "objections" -> "objection";
            case "pricing" -> "pricing";
            default -> null;
        };
    }

    /** Whether a word of one begins like a word of the other: "competitors" and "Competitor mentions". */
    private static boolean alike(String tracker, String said) {
        String wanted = Folding.fold(said);
        return Folding.fold(tracker).equals(wanted)
                || Sentence.of(wanted).words().stream()
                        .map(Sentence.Word::folded)
                        .filter(word -> word.length() >= PREFIX - 1)
                        .map(word -> word.substring(0, Math.min(word.length(), PREFIX)))
                        .anyMatch(prefix -> Sentence.of(tracker).words().stream()
                                .anyMatch(word -> word.folded().startsWith(prefix)));
    }
}

package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.signal.Mention;
import ai.cscx.chorus.signal.MentionFilter;
import ai.cscx.chorus.signal.Mentions;
import ai.cscx.chorus.signal.TrackerCategories;
import ai.cscx.chorus.signal.Trend;
import ai.cscx.chorus.signal.TrendRequest;
import ai.cscx.chorus.signal.Trends;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Chorus's trackers hear: hit by hit, how often, and what it belongs to. */
final class TrackerRoutes {
    private static final QueryParameter TRACKER = QueryParameter.text("tracker", "Only the tracker of this name");
    private static final QueryParameter CATEGORY = QueryParameter.text("category", "Only trackers of this category");

    private final Trends trends;
    private final Mentions mentions;
    private final TrackerCategories categories;

    TrackerRoutes(Trends trends, Mentions mentions, TrackerCategories categories) {
        this.trends = trends;
        this.mentions = mentions;
        this.categories = categories;
    }

    /** What the fields mean says {@link Trend}. */
    record TrendView(
            String tracker,
            @Nullable String category,
            @Nullable LocalDate week,
            @Nullable String month,
            @Nullable CustomerName customer,
            @Nullable String owner,
            long count,
            long previous,
            @Nullable Double change,
            long calls,
            long previousCalls,
            long callsWith,
            long previousCallsWith,
            double chance,
            boolean significant) {
        static TrendView of(Trend trend) {
            return new TrendView(
                    trend.tracker(),
                    trend.category(),
                    trend.week(),
                    trend.month() == null ? null : trend.month().toString(),
                    CustomerName.of(trend.customer()),
                    trend.owner(),
                    trend.count(),
                    trend.previous(),
                    trend.change(),
                    trend.calls(),
                    trend.previousCalls(),
                    trend.callsWith(),
                    trend.previousCallsWith(),
                    trend.chance(),
                    trend.significant());
        }
    }

    record MentionView(
            String tracker,
            @Nullable String category,
            UUID callId,
            @Nullable String title,
            @Nullable CustomerName customer,
            Instant startedAt,
            @Nullable String speaker,
            String side,
            @Nullable Double startSeconds,
            String quote,
            @Nullable String url) {
        static MentionView of(Mention mention) {
            return new MentionView(
                    mention.tracker(),
                    mention.category(),
                    mention.call().value(),
                    mention.title(),
                    CustomerName.of(mention.customer()),
                    mention.startedAt(),
                    mention.speaker(),
                    mention.side().word(),
                    mention.startMs() == null ? null : Double.valueOf(Meeting.seconds(mention.startMs())),
                    mention.quote(),
                    mention.url());
        }
    }

    /**
     * @param category null: it belongs to none
     * @param by admin, source (Chorus) or name (as its name suggests); null: nobody says, it waits to be mapped
     * @param isNew first heard after the categories were last set
     */
    record TrackerView(
            String tracker,
            @Nullable String category,
            @Nullable String by,
            boolean isNew,
            long calls,
            long mentions,
            @Nullable Instant firstSeen,
            @Nullable Instant lastSeen) {}

    /**
     * @param categories those that count in momentum and health
     * @param trackers those that wait to be mapped first
     */
    record TrackerCategoriesView(
            int version,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            List<String> categories,
            List<TrackerView> trackers) {
        static TrackerCategoriesView of(TrackerCategories.Settings settings) {
            return new TrackerCategoriesView(
                    settings.version(),
                    settings.changedBy(),
                    settings.changedAt(),
                    settings.known(),
                    settings.trackers().stream()
                            .map(tracker -> new TrackerView(
                                    tracker.name(),
                                    tracker.category(),
                                    tracker.by(),
                                    tracker.isNew(),
                                    tracker.calls(),
                                    tracker.mentions(),
                                    tracker.firstSeen(),
                                    tracker.lastSeen()))
                            .toList());
        }
    }

    /**
     * Which tracker belongs where; those left out go as Chorus or their name says.
     *
     * @param version the version that it was made from; left out, it replaces whatever is there
     */
    record TrackerMappings(
            @Nullable List<@Nullable TrackerMapping> mappings,
            @Nullable Integer version) {
        List<TrackerCategories.Mapping> checked() {
            if (mappings == null) {
                throw new Failure.Rejected(
                        "The categories cannot be saved.",
                        List.of(new Problem("/mappings", "is missing; send a list, which may be empty")));
            }
            List<TrackerCategories.Mapping> checked = new ArrayList<>();
            for (TrackerMapping mapping : mappings) {
                String tracker = mapping == null ? null : mapping.tracker();
                checked.add(new TrackerCategories.Mapping(
                        tracker == null ? "" : tracker, mapping == null ? null : mapping.category()));
            }
            return checked;
        }
    }

    /**
     * @param category null or left out: it belongs to none, on purpose
     */
    record TrackerMapping(
            @Nullable String tracker, @Nullable String category) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/chorus/trackers/trends", "How often trackers come up, against the time before")
                        .query(
                                QueryParameter.FROM,
                                QueryParameter.TO,
                                QueryParameter.CUSTOMER,
                                QueryParameter.id("ownerId", "Only calls of this person, an id of GET /api/users"),
                                TRACKER,
                                CATEGORY,
                                QueryParameter.oneOf(
                                        "groupBy",
                                        "What is counted together; the whole range if left out",
                                        Parameters.words(TrendRequest.GroupBy.class)))
                        .answersPagesOf(TrendView.class)
                        .handledBy(this::trends),
                Route.get("/api/chorus/trackers/mentions", "What trackers heard: who said what, when; newest first")
                        .query(
                                QueryParameter.FROM,
                                QueryParameter.TO,
                                QueryParameter.CUSTOMER,
                                TRACKER,
                                CATEGORY,
                                QueryParameter.oneOf("side", "On whose side it was said", Parameters.words(Side.class)))
                        .answersPagesOf(MentionView.class)
                        .handledBy(this::mentions),
                Route.get("/api/chorus/tracker-categories", "Which tracker belongs to which category")
                        .access(Access.ADMIN)
                        .answers(200, TrackerCategoriesView.class)
                        .handledBy(exchange ->
                                exchange.answer(200, TrackerCategoriesView.of(categories.get(exchange.asker())))),
                Route.put("/api/chorus/tracker-categories", "Says which tracker belongs to which category")
                        .access(Access.ADMIN)
                        .takes(TrackerMappings.class)
                        .answers(200, TrackerCategoriesView.class)
                        .handledBy(this::set));
    }

    private void trends(Exchange exchange) {
        Parameters query = exchange.query();
        UUID customer = query.id("customerId");
        UUID owner = query.id("ownerId");
        TrendRequest request = new TrendRequest(
                query.range(),
                customer == null ? null : new CustomerId(customer),
                owner == null ? null : new UserId(owner),
                query.text("tracker"),
                query.text("category"),
                query.word("groupBy", TrendRequest.GroupBy.class));
        exchange.answer(
                200,
                trends.list(exchange.asker(), request, query.cursor(), query.limit())
                        .map(TrendView::of));
    }

    private void mentions(Exchange exchange) {
        Parameters query = exchange.query();
        UUID customer = query.id("customerId");
        MentionFilter filter = new MentionFilter(
                query.range(),
                customer == null ? null : new CustomerId(customer),
                query.text("tracker"),
                query.text("category"),
                query.side());
        exchange.answer(
                200,
                mentions.list(exchange.asker(), filter, query.cursor(), query.limit())
                        .map(MentionView::of));
    }

    private void set(Exchange exchange) {
        TrackerMappings sent = exchange.body(TrackerMappings.class);
        exchange.answer(
                200, TrackerCategoriesView.of(categories.set(exchange.asker(), sent.checked(), sent.version())));
    }
}

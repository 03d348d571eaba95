package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.signal.Indicator;
import ai.cscx.chorus.signal.MappingPreview;
import ai.cscx.chorus.signal.MappingVersion;
import ai.cscx.chorus.signal.SignalMapping;
import ai.cscx.chorus.signal.SignalMappings;
import ai.cscx.chorus.signal.SignalRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which insights become which signals, for admins. */
final class MappingRoutes {
    private static final String PATH = "/api/chorus/signal-mappings";
    private static final String REFUSED = "The signal mapping cannot be saved.";

    private final SignalMappings mappings;

    MappingRoutes(SignalMappings mappings) {
        this.mappings = mappings;
    }

    /** What the fields mean says {@link SignalRule}. */
    record RuleView(String insight, String signal, String direction, double weight, double threshold, String unit) {
        static RuleView of(SignalRule rule) {
            return new RuleView(
                    rule.insight(),
                    rule.signal(),
                    rule.direction().word(),
                    rule.weight(),
                    rule.threshold(),
                    rule.unit());
        }
    }

    /**
     * A mapping as it was set.
     *
     * @param version 0 = the standard one, which nobody set
     * @param weight of all conversations in CSCX's own health, percent
     * @param restored the version that it took up again
     * @param insights what there is to map, as it counts unless somebody says otherwise
     */
    record SignalMappingView(
            int version,
            double weight,
            List<RuleView> rules,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            @Nullable Integer restored,
            List<RuleView> insights) {
        static SignalMappingView of(MappingVersion version) {
            return new SignalMappingView(
                    version.version(),
                    version.mapping().weight(),
                    version.mapping().rules().stream().map(RuleView::of).toList(),
                    version.changedBy(),
                    version.changedAt(),
                    version.restored(),
                    Arrays.stream(Indicator.values())
                            .map(indicator -> RuleView.of(indicator.standard()))
                            .toList());
        }
    }

    /** One rule, as it is sent; nothing may be left out. */
    record RuleRequest(
            @Nullable String insight,
            @Nullable String signal,
            @Nullable String direction,
            @Nullable Double weight,
            @Nullable Double threshold) {}

    /**
     * A mapping, as it is sent.
     *
     * @param weight of all conversations in CSCX's own health, percent; 15 if left out
     * @param version the version that it was made from; left out, it replaces whatever is there
     */
    record MappingRequest(
            @Nullable Double weight,
            @Nullable List<@Nullable RuleRequest> rules,
            @Nullable Integer version) {
        SignalMapping mapping() {
            List<Problem> problems = new ArrayList<>();
            List<SignalRule> checked = new ArrayList<>();
            List<@Nullable RuleRequest> sent = rules == null ? List.of() : rules;
            for (int i = 0; i < sent.size(); i++) {
                RuleRequest rule = sent.get(i);
                SignalRule.Direction direction = rule == null ? null : direction(rule.direction());
                if (direction == null) {
                    problems.add(new Problem("/rules/" + i + "/direction", "is positive or negative"));
                }
                checked.add(new SignalRule(
                        text(rule == null ? null : rule.insight()),
                        text(rule == null ? null : rule.signal()),
                        Objects.requireNonNullElse(direction, SignalRule.Direction.NEGATIVE),
                        number(rule == null ? null : rule.weight()),
                        number(rule == null ? null : rule.threshold())));
            }
            SignalMapping mapping = null;
            try {
                mapping = new SignalMapping(weight == null ? SignalMapping.STANDARD.weight() : weight, checked);
            } catch (Failure.Rejected refused) {
                problems.addAll(refused.problems());
            }
            if (mapping == null || !problems.isEmpty()) {
                throw new Failure.Rejected(REFUSED, problems);
            }
            return mapping;
        }

        private static String text(@Nullable String sent) {
            return sent == null ? "" : sent.strip();
        }

        private static double number(@Nullable Double sent) {
            return sent == null ? Double.NaN : sent;
        }

        private static SignalRule.@Nullable Direction direction(@Nullable String word) {
            return Arrays.stream(SignalRule.Direction.values())
                    .filter(direction -> direction.word().equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * @param version 0 = the standard one
     */
    record RollbackRequest(@Nullable Integer version) {}

    /**
     * @param band null = without a score
     */
    record BandCountView(@Nullable String band, long customers) {
        static List<BandCountView> of(List<MappingPreview.BandCount> counts) {
            return counts.stream()
                    .map(count -> new BandCountView(HealthView.word(count.band()), count.customers()))
                    .toList();
        }
    }

    record PreviewItem(CustomerName customer, HealthView before, HealthView after) {}

    /** What the fields mean says {@link MappingPreview}. */
    record PreviewView(
            long customers,
            long changed,
            List<BandCountView> before,
            List<BandCountView> after,
            List<PreviewItem> items) {
        static PreviewView of(MappingPreview preview) {
            return new PreviewView(
                    preview.customers(),
                    preview.changed(),
                    BandCountView.of(preview.before()),
                    BandCountView.of(preview.after()),
                    preview.items().stream()
                            .map(change -> new PreviewItem(
                                    new CustomerName(
                                            change.customer().id().value(),
                                            change.customer().name()),
                                    HealthView.of(change.before()),
                                    HealthView.of(change.after())))
                            .toList());
        }
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, "Which insights become which signals")
                        .access(Access.ADMIN)
                        .answers(200, SignalMappingView.class)
                        .handledBy(exchange -> answer(exchange, mappings.get(exchange.asker()))),
                Route.put(PATH, "Says which insights become which signals; health follows at once")
                        .access(Access.ADMIN)
                        .takes(MappingRequest.class)
                        .answers(200, SignalMappingView.class)
                        .handledBy(this::set),
                Route.post(
                                PATH + "/preview",
                                "Says what a mapping would change, now and in 13 weeks, without applying it")
                        .access(Access.ADMIN)
                        .query(QueryParameter.LIMIT)
                        .takes(MappingRequest.class)
                        .answers(200, PreviewView.class)
                        .handledBy(this::preview),
                Route.get(PATH + "/history", "Every mapping that was set, the newest first")
                        .access(Access.ADMIN)
                        .answersPagesOf(SignalMappingView.class)
                        .handledBy(this::history),
                Route.post(PATH + "/rollback", "Takes an earlier version up again, as a new one")
                        .access(Access.ADMIN)
                        .takes(RollbackRequest.class)
                        .answers(200, SignalMappingView.class)
                        .handledBy(this::rollback));
    }

    private static void answer(Exchange exchange, MappingVersion version) {
        exchange.answer(200, SignalMappingView.of(version));
    }

    private void set(Exchange exchange) {
        MappingRequest sent = exchange.body(MappingRequest.class);
        answer(exchange, mappings.set(exchange.asker(), sent.mapping(), sent.version()));
    }

    private void preview(Exchange exchange) {
        SignalMapping mapping = exchange.body(MappingRequest.class).mapping();
        exchange.answer(
                200,
                PreviewView.of(mappings.preview(
                        exchange.asker(), mapping, exchange.query().limit())));
    }

    private void history(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200,
                mappings.history(exchange.asker(), query.cursor(), query.limit())
                        .map(SignalMappingView::of));
    }

    private void rollback(Exchange exchange) {
        Integer version = exchange.body(RollbackRequest.class).version();
        if (version == null) {
            throw new Failure.Rejected(
                    REFUSED,
                    List.of(new Problem(
                            "/version", "is missing; 0 is the standard one, the history lists the others")));
        }
        answer(exchange, mappings.restore(exchange.asker(), version));
    }
}

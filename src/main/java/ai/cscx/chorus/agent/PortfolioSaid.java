package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Cards.CustomerItem;
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.signal.Band;
import ai.cscx.chorus.signal.CustomerHealth;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which customers there are, how they stand and when they renew. */
final class PortfolioSaid {
    private static final int LINES = 10;
    /** Behind every score. */
    private static final double UNKNOWN = 1000;

    private final Arguments arguments;

    PortfolioSaid(Arguments arguments) {
        this.arguments = arguments;
    }

    /**
     * @param health null where it was never reckoned
     */
    record Standing(Customer customer, @Nullable CustomerHealth health) {
        double score() {
            return health == null ? UNKNOWN : Objects.requireNonNullElse(health.score(), UNKNOWN);
        }

        @Nullable
        Band band() {
            return health == null ? null : health.band();
        }
    }

    /**
     * @param risk high, medium or low, by the band; null where that is not known
     * @param renewalDate a day
     */
    record PortfolioItem(
            CustomerItem customer,
            @Nullable String owner,
            @Nullable String segment,
            @Nullable String renewalDate,
            @Nullable Double score,
            @Nullable String band,
            @Nullable String risk) {
        static PortfolioItem of(Standing standing) {
            Customer customer = standing.customer();
            Band band = standing.band();
            CustomerHealth health = standing.health();
            return new PortfolioItem(
                    new CustomerItem(customer.id().toString(), customer.name()),
                    customer.ownerName(),
                    customer.segment(),
                    customer.renewalDate() == null
                            ? null
                            : customer.renewalDate().toString(),
                    health == null ? null : SignalCards.rounded(health.score()),
                    band == null ? null : band.word(),
                    band == null ? null : PortfolioSaid.risk(band));
        }
    }

    /**
     * @param sort health_asc or risk_desc: the lowest score first; null: by renewal if those were asked for, else by name
     * @param renewals whether renewal dates were asked for
     */
    Finding say(List<Standing> found, @Nullable String sort, @Nullable String groupBy, int most, boolean renewals) {
        String scope = scope();
        if (found.isEmpty()) {
            return Finding.nothing(
                    "I found no customers" + scope + ".", Suggestions.after(Tools.GET_PORTFOLIO, arguments));
        }
        Comparator<Standing> order = sort != null
                ? Comparator.comparingDouble(Standing::score)
                : renewals
                        ? Comparator.comparing(
                                standing -> standing.customer().renewalDate(),
                                Comparator.nullsLast(Comparator.naturalOrder()))
                        : Comparator.comparingInt(standing -> 0);
        List<Standing> shown = found.stream()
                .sorted(order.thenComparing(standing -> standing.customer().name(), String.CASE_INSENSITIVE_ORDER))
                .limit(most)
                .toList();
        StringBuilder reply = new StringBuilder(Wording.count(found.size(), "customer"))
                .append(scope)
                .append(shown.size() < found.size() ? "; " + shown.size() + " shown" : "")
                .append(groupBy == null ? ":" : ".");
        if (groupBy == null) {
            shown.stream().limit(LINES).forEach(standing -> reply.append("\n- ").append(line(standing)));
            if (shown.size() > LINES) {
                reply.append("\nand ").append(shown.size() - LINES).append(" more in the list.");
            }
        } else {
            counts(found, groupBy)
                    .forEach((group, count) -> reply.append("\n- ")
                            .append(Wording.inline(group, 120))
                            .append(": ")
                            .append(count));
        }
        return new Finding(
                reply.toString(),
                reply.toString(),
                List.of(new Card(
                        "portfolio", shown.stream().map(PortfolioItem::of).toList(), found.size())),
                Suggestions.after(Tools.GET_PORTFOLIO, arguments),
                false);
    }

    private static Map<String, Long> counts(List<Standing> found, String groupBy) {
        return found.stream()
                .collect(Collectors.groupingBy(
                        standing -> group(standing, groupBy), TreeMap::new, Collectors.counting()));
    }

    private static String group(Standing standing, String groupBy) {
        LocalDate renewal = standing.customer().renewalDate();
        Band band = standing.band();
        return switch (groupBy) {
            case "owner" -> Objects.requireNonNullElse(standing.customer().ownerName(), "Nobody");
            case "health" -> band == null ? "unknown" : band.word();
            case "week" ->
                renewal == null
                        ? "no renewal date"
                        : "renewal in the week of "
                                + renewal.minusDays(renewal.getDayOfWeek().getValue() - 1L);
            case "month" -> renewal == null ? "no renewal date" : "renewal in " + YearMonth.from(renewal);
            default -> standing.customer().name();
        };
    }

    private String line(Standing standing) {
        Customer customer = standing.customer();
        CustomerHealth health = standing.health();
        Double score = health == null ? null : health.score();
        Band band = standing.band();
        return Wording.inline(customer.name(), 120)
                + (score == null ? ": health not known" : ": " + Math.round(score) + " of 100")
                + (band == null ? "" : " (" + band.word() + ")")
                + (customer.renewalDate() == null ? "" : ", renews " + Wording.day(customer.renewalDate()))
                + (customer.ownerName() == null || arguments.has("owner")
                        ? ""
                        : ", " + Wording.inline(customer.ownerName(), 80));
    }

    private String scope() {
        String owner = arguments.text("owner");
        String risk = arguments.text("risk");
        String period = Wording.period(arguments.day("from"), arguments.day("to"));
        return (owner == null ? "" : " of " + owner)
                + (risk == null ? "" : " at " + risk + " risk")
                + (period.isEmpty() ? "" : " that renew" + period);
    }

    private static String risk(Band band) {
        return switch (band) {
            case RED -> "high";
            case YELLOW -> "medium";
            case GREEN -> "low";
        };
    }
}

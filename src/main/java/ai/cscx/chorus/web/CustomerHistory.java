package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.task.ActionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's calls at a glance.
 *
 * @param calls the newest ten
 * @param openActionItems of the newest call first, the customer's own too
 * @param nextSteps what is open of the newest call that left anything open
 * @param topics what the trackers found in all calls, most often first
 * @param stakeholders the customer's people in the newest 200 calls, last seen first
 */
record CustomerHistory(
        CustomerView customer,
        @Nullable Instant lastCallAt,
        long callCount,
        List<Meeting> calls,
        List<ActionItemView> openActionItems,
        List<NextStep> nextSteps,
        List<InsightsView.TopicView> topics,
        List<Stakeholder> stakeholders,
        HealthView health) {

    record NextStep(
            String text,
            UUID callId,
            @Nullable Double startSeconds,
            @Nullable String url) {}

    record Stakeholder(
            @Nullable String name,
            @Nullable String email,
            @Nullable String title,
            Instant lastSeen,
            int callCount) {}

    static List<NextStep> nextSteps(List<ActionItem> openItems) {
        if (openItems.isEmpty()) {
            return List.of();
        }
        CallId newest = openItems.getFirst().call();
        return openItems.stream()
                .takeWhile(item -> item.call().equals(newest))
                .map(item -> new NextStep(
                        item.text(), item.call().value(), ActionItemView.startSeconds(item), ActionItemView.url(item)))
                .toList();
    }

    /**
     * One entry a person: by e-mail address, else by name.
     *
     * @param calls newest first
     */
    static List<Stakeholder> stakeholders(List<Call> calls) {
        Map<String, Stakeholder> found = new LinkedHashMap<>();
        for (Call call : calls) {
            Map<String, Participant> here = new LinkedHashMap<>();
            for (Participant person : call.participants()) {
                String key = person.email() == null ? person.name() : person.email();
                if (person.side() == Side.EXTERNAL && key != null) {
                    here.putIfAbsent(key, person);
                }
            }
            here.forEach((key, person) -> found.merge(key, seen(person, call.startedAt()), CustomerHistory::both));
        }
        return List.copyOf(new ArrayList<>(found.values()));
    }

    private static Stakeholder seen(Participant person, Instant at) {
        return new Stakeholder(person.name(), person.email(), person.title(), at, 1);
    }

    private static Stakeholder both(Stakeholder later, Stakeholder earlier) {
        return new Stakeholder(
                later.name() == null ? earlier.name() : later.name(),
                later.email(),
                later.title() == null ? earlier.title() : later.title(),
                later.lastSeen(),
                later.callCount() + earlier.callCount());
    }
}

package ai.cscx.chorus.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages worth sending next; all of them are commands that we understand ourselves. */
final class Suggestions {
    static final List<String> FIRST =
            List.of("Show my calls this week", "What are my open action items?", "Which calls mentioned pricing?");

    private Suggestions() {}

    static String calls(String customer) {
        return "Show calls for " + customer;
    }

    static String openItems(String customer) {
        return "What action items are open for " + customer + "?";
    }

    static String latestCall(String customer) {
        return "Summarize the latest call with " + customer;
    }

    /** What may follow a tool that was called about one customer; the general ones otherwise. */
    static List<String> after(String tool, Arguments arguments) {
        List<String> customers = arguments.texts("customer");
        if (customers.size() != 1) {
            return tool.equals(Tools.LIST_ACTION_ITEMS)
                    ? List.of("Show my calls this week")
                    : List.of("What are my open action items?");
        }
        String customer = customers.getFirst();
        Map<String, String> all = Map.of(
                Tools.LIST_CALLS, calls(customer),
                Tools.LIST_ACTION_ITEMS, openItems(customer),
                Tools.GET_CALL, latestCall(customer));
        List<String> others = new ArrayList<>();
        for (String other : List.of(Tools.LIST_ACTION_ITEMS, Tools.GET_CALL, Tools.LIST_CALLS)) {
            if (!other.equals(tool)) {
                others.add(all.getOrDefault(other, ""));
            }
        }
        return others;
    }
}

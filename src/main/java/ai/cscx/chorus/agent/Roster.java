package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a message can name. Holds only what the asker may see, so that nothing else can be told apart from
 * something that doesn't exist.
 *
 * @param team colleagues, who own customers and calls
 * @param contacts people on the customers' side
 * @param asker who "I", "me" and "my" are; null if that is nobody in particular
 * @param trackers names of what Chorus listens for
 */
record Roster(
        List<KnownCustomer> customers,
        List<KnownPerson> team,
        List<KnownPerson> contacts,
        @Nullable KnownPerson asker,
        List<String> trackers) {
    /** Trackers that every Chorus workspace begins with, for as long as none was seen. */
    static final List<String> USUAL_TRACKERS = List.of(
            "Competitors",
            "Pricing",
            "Churn Risk",
            "Feature Requests",
            "Integrations",
            "Security & Compliance",
            "Renewal",
            "Escalation",
            "Onboarding",
            "Objections",
            "Next Steps",
            "Budget",
            "Discount");

    Roster(
            List<KnownCustomer> customers,
            List<KnownPerson> team,
            List<KnownPerson> contacts,
            @Nullable KnownPerson asker) {
        this(customers, team, contacts, asker, USUAL_TRACKERS);
    }

    Roster {
        trackers = List.copyOf(trackers);
        customers = List.copyOf(customers);
        team = List.copyOf(team);
        contacts = List.copyOf(contacts);
    }

    /**
     * A customer as it may be named.
     *
     * @param name canonical name, the one that arguments carry
     */
    record KnownCustomer(CustomerId id, String name, List<String> aliases) {
        KnownCustomer {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * A person as they may be named.
     *
     * @param name canonical full name, the one that arguments carry
     */
    record KnownPerson(String name, @Nullable String email) {}
}

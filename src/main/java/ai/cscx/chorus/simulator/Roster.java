package ai.cscx.chorus.simulator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everybody in the made-up world: the customers with their people, our own team, and what Chorus listens for. */
public final class Roster {
    private static final String RESOURCE = "/simulator/roster.json";

    private final List<Account> customers;
    private final List<TeamMember> team;
    private final List<String> trackers;
    private final List<String> competitors;

    private Roster(List<Account> customers, List<TeamMember> team, List<String> trackers, List<String> competitors) {
        this.customers = List.copyOf(customers);
        this.team = List.copyOf(team);
        this.trackers = List.copyOf(trackers);
        this.competitors = List.copyOf(competitors);
    }

    /** Reads the roster that ships with the simulator. */
    public static Roster load() {
        var json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        try (InputStream in = Resources.open(RESOURCE)) {
            Wire wire = json.readValue(in, Wire.class);
            return new Roster(wire.customers(), wire.team(), wire.trackers(), wire.competitors());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
        }
    }

    /** The same team with so many customers: these, over and over, from the second time under numbered names. */
    Roster withCustomers(int number) {
        List<Account> more = IntStream.range(0, number)
                .mapToObj(i -> customers.get(i % customers.size()).numbered(i / customers.size() + 1))
                .toList();
        return new Roster(more, team, trackers, competitors);
    }

    public List<Account> customers() {
        return customers;
    }

    public List<TeamMember> team() {
        return team;
    }

    /** Names of the trackers, as the detail of a call shows them. */
    public List<String> trackers() {
        return trackers;
    }

    public List<String> competitors() {
        return competitors;
    }

    public @Nullable Account customer(String key) {
        return customers.stream()
                .filter(account -> account.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /**
     * The team member with this name.
     *
     * @throws IllegalArgumentException if nobody has it
     */
    public TeamMember member(String name) {
        return team.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody on the team has this name."));
    }

    /**
     * A customer.
     *
     * @param key short handle of the account inside the simulator
     * @param crmId what Chorus returns as {@code account.ext_id}
     * @param owner name of the team member who looks after it
     * @param health {@code green}, {@code yellow} or {@code red}; steers what its calls are about
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Account(
            String key,
            String name,
            List<String> aliases,
            List<String> domains,
            String crmId,
            String owner,
            List<Contact> contacts,
            String segment,
            String health,
            String risk,
            LocalDate renewalDate) {
        public Account {
            Refuse.blank(key, "key");
            Refuse.blank(name, "name");
            Refuse.blank(crmId, "crmId");
            Refuse.blank(owner, "owner");
            aliases = List.copyOf(aliases);
            domains = List.copyOf(domains);
            contacts = List.copyOf(contacts);
            if (domains.isEmpty() || contacts.isEmpty()) {
                throw new IllegalArgumentException("A customer needs a domain and a contact.");
            }
        }

        /** A customer like this one with a name, a domain and people's addresses of its own; the first is this one. */
        private Account numbered(int number) {
            if (number == 1) {
                return this;
            }
            return new Account(
                    key + number,
                    name + " " + number,
                    aliases.stream().map(alias -> alias + " " + number).toList(),
                    domains.stream().map(domain -> numbered(domain, number)).toList(),
                    crmId + number,
                    owner,
                    contacts.stream()
                            .map(contact ->
                                    new Contact(contact.name(), contact.title(), numbered(contact.email(), number)))
                            .toList(),
                    segment,
                    health,
                    risk,
                    renewalDate);
        }

        /** The number goes before the last dot. */
        private static String numbered(String domain, int number) {
            int dot = domain.lastIndexOf('.');
            return domain.substring(0, dot) + number + domain.substring(dot);
        }

        /** The name as people say it. */
        String spokenName() {
            return aliases.isEmpty() ? name : aliases.getFirst();
        }
    }

    /** A person at a customer. */
    public record Contact(String name, String title, String email) {
        public Contact {
            Refuse.blank(name, "name");
            Refuse.blank(email, "email");
        }
    }

    /** One of us. */
    public record TeamMember(String name, String role, String email) {
        public TeamMember {
            Refuse.blank(name, "name");
            Refuse.blank(email, "email");
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Wire(
            @JsonProperty("accounts") List<Account> customers,
            List<TeamMember> team,
            List<String> trackers,
            @JsonProperty("competitorNames") List<String> competitors) {}
}

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
import org.jspecify.annotations.Nullable;

/** Everybody in the made-up world: the customers with their people, our own team, and what Chorus listens for. */
public final class Roster {
    private static final String RESOURCE = "/simulator/roster.json";

    private final List<Account> customers;
    private final List<TeamMember> team;
    private final List<String> trackers;
    private final List<String> competitors;

    private Roster(Wire wire) {
        this.customers = List.copyOf(wire.customers());
        this.team = List.copyOf(wire.team());
        this.trackers = List.copyOf(wire.trackers());
        this.competitors = List.copyOf(wire.competitors());
    }

    /** Reads the roster that ships with the simulator. */
    public static Roster load() {
        var json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        try (InputStream in = Resources.open(RESOURCE)) {
            return new Roster(json.readValue(in, Wire.class));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
        }
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

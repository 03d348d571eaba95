package ai.cscx.chorus.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.date.Folding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A made-up portfolio with names that are easily mistaken. */
final class Rosters {
    private static final String CUSTOMERS = """
            Acme Corporation
            Northwind Freight Systems, Inc.|Northwind Freight|NFS
            Northwind Health Partners|Northwind Health|NHP
            Halcyon Biosciences Corporation|Halcyon|Halcyon Bio
            Tessellate Software GmbH|Tessellate
            Blue Heron Credit Union|BHCU|Blue Heron
            Cobalt & Finch LLP|Cobalt and Finch|Cobalt Finch
            Orrin Valley School District|OVSD|Orrin Valley
            Next Step Rehab Partners|Next Step Rehab|Next Step
            Overland & Sons Hardware Co.|Overland|Overland Hardware
            Zephyr Airlines|Zephyr Air
            Zephyr Analytics Ltd|Zephyr Analytics
            Mirabel Foods International, S.A.|Mirabel|Mirabel Foods
            PetroLuna Energy Holdings|PetroLuna|Petro Luna
            Granite Peak Insurance Company|Granite Peak|GPI
            Lumenary
            Third Street Bakery Collective|Third Street
            Kestrel Aerospace & Defense|Kestrel|Kestrel A&D|KAD
            Bright Harbor Pediatrics|Bright Harbor
            Sundial Hospitality Group|Sundial|Sundial Hotels
            Ferro Dynamics AB|Ferro|Ferro Dynamics
            Polaris Grid Utilities|Polaris|Polaris Grid
            Vantage Loop, Inc.|Vantage Loop|VantageLoop
            Riverbend Paper Company|Riverbend
            Delta Nine Robotics|Delta9|D9|Delta Nine
            Coral Sands Resorts Ltd|Coral Sands
            Monday Morning Coffee Roasters|Monday Morning Coffee|Monday Morning
            Apogee Learning|Apogee
            Ironclad Storage Solutions|Ironclad
            Oakhurst Medical Devices, Inc.|Oakhurst|OMD
            Saltwater Brewing Co|Saltwater
            Pinnacle Freight Lines|Pinnacle Freight
            Pinnacle Wealth Advisors|Pinnacle Wealth|PWA
            Veridian Genomics plc|Veridian
            Hearth & Hollow Furniture|Hearth and Hollow|H&H
            Summit County Government|Summit County
            Telluric Mining Corp.|Telluric
            Ovation Ticketing|Ovation
            Evergreen Textiles Pvt. Ltd.|Evergreen
            Quarterline Media Group|Quarterline
            """;
    private static final List<KnownPerson> TEAM = people("""
            Dana Whitfield
            Marcus Oyelaran
            Priya Raghunathan
            Tomás Herrera
            Lena Kowalczyk
            Jae-won Park
            Siobhan Murray
            Oliver Brandt
            Victor Nwosu
            """, "ours.example");
    private static final List<KnownPerson> CONTACTS = people("""
            Amara Okafor
            Tim Saldana
            Neil Farrow
            Mia Vogt
            Sarah Penrose
            Sarah Whitcombe
            Walt Overland
            Howard Beckett
            June Sato
            Ray Dutton
            Chelsea Grant
            Theo Grant
            Victor Hsu
            Dana Kessler
            Sven Akker
            Mack O'Dell
            Astrid Nyberg
            """, "theirs.example");

    private Rosters() {}

    static Roster sample() {
        List<KnownCustomer> customers = CUSTOMERS.lines().map(Rosters::customer).toList();
        return new Roster(customers, TEAM, CONTACTS, TEAM.get(1));
    }

    /** The same without the customers so named, as another asker would see it. */
    static Roster without(String... names) {
        List<String> hidden = List.of(names);
        Roster all = sample();
        List<KnownCustomer> seen = all.customers().stream()
                .filter(customer -> !hidden.contains(customer.name()))
                .toList();
        return new Roster(seen, all.team(), all.contacts(), all.asker());
    }

    private static KnownCustomer customer(String line) {
        List<String> names = List.of(line.split("\\|"));
        UUID id = UUID.nameUUIDFromBytes(names.getFirst().getBytes(UTF_8));
        return new KnownCustomer(new CustomerId(id), names.getFirst(), names.subList(1, names.size()));
    }

    private static List<KnownPerson> people(String names, String domain) {
        return names.lines()
                .map(name -> new KnownPerson(name, Folding.fold(name).replaceAll("[^a-z]+", ".") + "@" + domain))
                .toList();
    }

    /** A reading on one line, arguments by name, as the tables of the tests write it. */
    static String describe(Reading reading) {
        return switch (reading) {
            case Reading.Command command ->
                Stream.of(Stream.of(command.tool()), arguments(command.arguments()), rest(command))
                        .flatMap(part -> part)
                        .collect(Collectors.joining("; "));
            case Reading.Clarify clarify ->
                clarify.pending().options().isEmpty()
                        ? "clarify " + clarify.pending().slot()
                        : clarify.pending().options().stream()
                                .map(Frame.Option::label)
                                .collect(Collectors.joining(" / ", "clarify ", ""));
            case Reading.NoSuchCustomer unknown -> "unknown " + unknown.asTyped();
            case Reading.Pick pick -> "pick " + pick.number();
            case Reading.Help help -> "help";
            case Reading.Refuse refuse -> "refuse " + refuse.reason();
            case Reading.Unsure unsure -> "unsure " + unsure.likely();
        };
    }

    private static Stream<String> arguments(Map<String, Object> arguments) {
        return arguments.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(argument -> argument.getKey() + "=" + argument.getValue());
    }

    private static Stream<String> rest(Reading.Command command) {
        return command.rest() == null ? Stream.empty() : Stream.of("then=" + command.rest());
    }
}

package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Roster.Contact;
import ai.cscx.chorus.simulator.Roster.TeamMember;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses who sits in a call. People of an account come back from call to call. */
final class Casting {
    static final String OUR_COMPANY = "CSCX";

    private static final int COLLEAGUES = 5;
    private static final int FIRST_TEAM_PERSON = 90_001;
    private static final int FIRST_TEAM_USER = 4_101;

    private static final List<String> FIRST_NAMES = List.of(
            ("Abel Agnes Alma Anders Anton Beatriz Boris Brigitte Caleb Carla Cedric Clara Conrad Cora Dario Delia Dimitri "
                            + "Edith Elias Elsa Emil Esther Farid Fatima Flora Frank Gavin Gloria Gustav Hanna Harold Hilda Hiro "
                            + "Ida Igor Isabel Ivan Jasmine Jerome Jonas Julia Karim Katrin Kenji Laura Leon Linus Lorena Lucas "
                            + "Magnus Maja Malik Mariam Mateo Miriam Nadia Nils Olga Oscar Otto Petra Quentin Ramona Ravi Renata "
                            + "Robert Ruth Salma Samir Selma Simon Sonja Stefan Tamara Tariq Teresa Thomas Ulrich Una Valerie "
                            + "Vera Viktor Wanda Werner Xenia Yann Yusuf Zora")
                    .split(" "));
    private static final List<String> LAST_NAMES = List.of(
            ("Abrams Almeida Andersen Arnold Bakker Barros Becker Bell Benitez Berger Bianchi Blom Bright Calloway Carver "
                            + "Castro Cheng Clarke Conti Costa Dalton Decker Dietrich Doyle Duval Ekberg Engel Farley Fischer "
                            + "Fontaine Fraser Garner Giles Gomez Hansen Harper Hayashi Holm Hooper Ibarra Iversen Jensen Joshi "
                            + "Kaplan Keller Khan Kovac Kramer Larsen Leclerc Lopez Lund Maddox Marin Mendes Meyer Mori Nash "
                            + "Navarro Novak Olsen Ortiz Paige Pereira Petrov Price Ramos Reid Richter Rivera Roth Santos Sauer "
                            + "Schmid Serra Silva Skov Steiner Tanaka Thorne Torres Ullman Vance Varga Vega Wagner Walsh Weber "
                            + "Winter Wolff Yamada Young Zeller")
                    .split(" "));
    private static final List<String> TITLES = List.of(
            "Operations Manager",
            "Systems Administrator",
            "Business Analyst",
            "Project Manager",
            "Finance Controller",
            "Team Lead",
            "Procurement Specialist",
            "Process Owner",
            "Head of Service",
            "Data Steward");
    private static final List<String> STRANGERS = List.of(
            "Bellweather Logistics=bellweather-logistics.example",
            "Juniper Lane Clinics=juniperlane.example",
            "Oldfield Motors=oldfieldmotors.example",
            "Seabright Cannery=seabright.example",
            "Tallow & Wick=tallowwick.example",
            "Redfern Dairies=redferndairies.example",
            "Cloudberry Games=cloudberry.example",
            "Marlow Tiles=marlowtiles.example",
            "Hollis Print Works=hollisprint.example");
    private static final List<String> PARTNERS = List.of(
            "Brightpath Consulting=brightpath-consulting.example",
            "Stonebridge Partners=stonebridge-partners.example",
            "Lattice Advisory=lattice-advisory.example");

    private Casting() {}

    /** Our side first, the recording's owner at its head. */
    static List<Participant> of(SimulatedCall call) {
        var dice = call.dice("cast");
        var people = new ArrayList<Participant>();
        people.add(ours(call.world().roster(), call.owner()));
        boolean internal = call.kind() == Kind.INTERNAL;
        int others = internal ? dice.between(2, 4) : dice.chance(0.55) ? 0 : dice.between(1, 2);
        for (TeamMember member : dice.shuffled(call.world().roster().team())) {
            if (others > 0 && !member.equals(call.owner())) {
                people.add(ours(call.world().roster(), member));
                others--;
            }
        }
        if (!internal) {
            List<Participant> theirs = theirs(call);
            int count = Math.min(theirs.size(), dice.between(2, dice.chance(0.2) ? 5 : 3));
            Account account = call.account();
            people.add(
                    account == null
                            ? theirs.getFirst()
                            : theirs.get(dice.below(account.contacts().size())));
            for (Participant person : theirs) {
                if (!people.contains(person)
                        && people.stream()
                                        .filter(p -> p.side() == Side.EXTERNAL)
                                        .count()
                                < count) {
                    people.add(dice.chance(0.06) ? withoutEmail(person) : person);
                }
            }
            extras(call, dice, people);
        }
        return List.copyOf(people);
    }

    /** Everybody at the other side of this call who could be there: known contacts, then invented colleagues. */
    static List<Participant> theirs(SimulatedCall call) {
        Account account = call.account();
        if (account == null) {
            return strangers(call);
        }
        List<Participant> people = call.world().people(account);
        int known = account.contacts().size();
        var order = new ArrayList<>(people.subList(0, known));
        order.addAll(call.dice("colleagues").shuffled(people.subList(known, people.size())));
        return order;
    }

    /** The contacts of an account, then colleagues made up for it. */
    static List<Participant> people(Account account) {
        var people = new ArrayList<Participant>();
        for (Contact contact : account.contacts()) {
            people.add(external(contact.name(), contact.email(), contact.title(), account.name()));
        }
        var fate = new Dice(Dice.hash(account.key()), "colleagues");
        List<String> names = fate.shuffled(FIRST_NAMES);
        for (int i = 0; i < COLLEAGUES; i++) {
            String name = names.get(i) + " " + fate.pick(LAST_NAMES);
            people.add(external(name, address(name, fate.pick(account.domains())), fate.pick(TITLES), account.name()));
        }
        return List.copyOf(people);
    }

    private static List<Participant> strangers(SimulatedCall call) {
        var dice = call.dice("strangers");
        boolean freeMail = call.kind() == Kind.FREE_MAIL;
        String[] company = dice.pick(STRANGERS).split("=", 2);
        var people = new ArrayList<Participant>();
        for (String first : dice.shuffled(FIRST_NAMES).subList(0, 3)) {
            String name = first + " " + dice.pick(LAST_NAMES);
            people.add(external(
                    name,
                    address(name, freeMail ? "gmail.com" : company[1]),
                    freeMail ? null : dice.pick(TITLES),
                    freeMail ? null : company[0]));
        }
        return people;
    }

    private static void extras(SimulatedCall call, Dice dice, List<Participant> people) {
        if (call.account() != null && dice.chance(0.06)) {
            String[] partner = dice.pick(PARTNERS).split("=", 2);
            String name = dice.pick(FIRST_NAMES) + " " + dice.pick(LAST_NAMES);
            people.add(external(name, address(name, partner[1]), "Consultant", partner[0]));
        }
        if (dice.chance(0.1)) {
            people.add(
                    new Participant(personId("guest " + call.id()), null, "Guest 1", null, null, null, Side.UNKNOWN));
        }
    }

    private static Participant ours(Roster roster, TeamMember member) {
        int at = roster.team().indexOf(member);
        return new Participant(
                FIRST_TEAM_PERSON + at,
                FIRST_TEAM_USER + at,
                member.name(),
                member.email(),
                member.role(),
                OUR_COMPANY,
                Side.INTERNAL);
    }

    static Participant member(Roster roster, String name) {
        return ours(roster, roster.member(name));
    }

    /** Somebody who turns out to have been in a call as well. */
    static Participant latecomer(SimulatedCall call, String name, @Nullable String email, Side side) {
        Account account = call.account();
        String company = side == Side.INTERNAL ? OUR_COMPANY : account == null ? null : account.name();
        return new Participant(
                personId(email == null ? name + " " + call.id() : email),
                null,
                name,
                email,
                null,
                side == Side.UNKNOWN ? null : company,
                side);
    }

    private static Participant external(String name, String email, @Nullable String title, @Nullable String company) {
        return new Participant(personId(email), null, name, email, title, company, Side.EXTERNAL);
    }

    private static Participant withoutEmail(Participant person) {
        return new Participant(
                person.personId(), null, person.name(), null, person.title(), person.company(), Side.EXTERNAL);
    }

    private static int personId(String of) {
        return 1_000_000 + Math.floorMod(Dice.mix(Dice.hash(of), 7), 900_000_000);
    }

    private static String address(String name, String domain) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z ]", "");
        return plain.toLowerCase(Locale.ROOT).replace(' ', '.') + "@" + domain;
    }
}

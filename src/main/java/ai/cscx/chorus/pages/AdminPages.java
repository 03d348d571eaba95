package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Glances.Glance;
import ai.cscx.chorus.call.UnmatchedCalls;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.sync.Drift;
import ai.cscx.chorus.sync.Quarantine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What only admins see beside connection and sync: calls without a customer, unreadable records, people, drift. */
final class AdminPages {
    private static final int PAGE = 25;
    private static final int QUARANTINE_PAGE = 100;
    private static final int LONGEST_NAME = 200;

    private final UnmatchedCalls unmatched;
    private final Customers customers;
    private final Quarantine quarantine;
    private final Drift drift;
    private final People people;
    private final Frames frames;
    private final Templates templates;

    AdminPages(
            UnmatchedCalls unmatched,
            Customers customers,
            Quarantine quarantine,
            Drift drift,
            People people,
            Frames frames,
            Templates templates) {
        this.unmatched = unmatched;
        this.customers = customers;
        this.quarantine = quarantine;
        this.drift = drift;
        this.people = people;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param next address of the page after this one; null = this is the last
     */
    record UnmatchedPage(
            Frame frame,
            List<Waiting> waiting,
            List<Choice> customers,
            @Nullable String next) {
        UnmatchedPage {
            waiting = List.copyOf(waiting);
            customers = List.copyOf(customers);
        }
    }

    record Waiting(CallRow call, @Nullable String reason, List<CallPage.CandidateRow> candidates) {}

    record QuarantinePage(Frame frame, List<Aside> records, boolean more) {
        QuarantinePage {
            records = List.copyOf(records);
        }
    }

    record Aside(String id, String call, String stage, String reason, String times, String last, String exact) {}

    record DriftPage(Frame frame, Drift.Report report, Reader reader) {
        boolean isEmpty() {
            return report.fields().isEmpty()
                    && report.words().isEmpty()
                    && report.missing().isEmpty();
        }
    }

    /**
     * @param token just made, shown this once; null = none
     * @param tokenOf whose it is
     * @param problem what was wrong with the form; null = nothing
     */
    record PeoplePage(
            Frame frame,
            List<PersonRow> people,
            @Nullable String token,
            @Nullable String tokenOf,
            @Nullable String problem,
            String name,
            String email) {
        PeoplePage {
            people = List.copyOf(people);
        }

        @Override
        public String toString() {
            return "PeoplePage[" + people.size() + "]";
        }
    }

    record PersonRow(String id, String name, String email, String role) {}

    void addTo(Pages.Paths paths) {
        paths.get("/admin/unmatched", this::unmatched);
        paths.get("/admin/quarantine", this::quarantine);
        paths.post("/admin/quarantine", this::replay);
        paths.get("/admin/drift", this::drift);
        paths.get("/admin/people", visit -> people(visit, null, null, null));
        paths.post("/admin/people", this::addPerson);
        paths.post("/admin/people/{id}/tokens", this::addToken);
    }

    private void unmatched(Visit visit) {
        Asker asker = visit.asker();
        Page<CallDetails> page = unmatched.list(asker, TimeRange.ALWAYS, visit.query("cursor"), PAGE);
        String next = page.nextCursor();
        visit.html(templates.draw(
                "unmatched",
                new UnmatchedPage(
                        frames.of(visit, "Calls without a customer", "admin"),
                        page.items().stream()
                                .map(one -> waiting(one, visit.reader()))
                                .toList(),
                        customers.visible(asker).stream()
                                .map(one -> new Choice(one.id().toString(), one.name(), false))
                                .toList(),
                        next == null ? null : "/admin/unmatched?" + Visit.encoded(Map.of("cursor", next)))));
    }

    private static Waiting waiting(CallDetails details, Reader reader) {
        return new Waiting(
                CallRow.of(details.call(), Glance.NONE, reader),
                details.match().reason(),
                details.match().candidates().stream()
                        .map(one -> new CallPage.CandidateRow(
                                one.customerId(),
                                one.name(),
                                one.reason(),
                                one.confidence() == null ? null : reader.percent(one.confidence())))
                        .toList());
    }

    private void quarantine(Visit visit) {
        Page<Quarantine.Entry> page = quarantine.list(visit.asker(), null, QUARANTINE_PAGE);
        Reader reader = visit.reader();
        visit.html(templates.draw(
                "quarantine",
                new QuarantinePage(
                        frames.of(visit, "Quarantine", "admin"),
                        page.items().stream()
                                .map(one -> new Aside(
                                        one.id().toString(),
                                        Objects.requireNonNullElse(one.externalId(), "unknown"),
                                        one.stage(),
                                        one.reason(),
                                        reader.number(one.times()),
                                        reader.ago(one.lastAt()),
                                        reader.exact(one.lastAt())))
                                .toList(),
                        page.nextCursor() != null)));
    }

    private void replay(Visit visit) {
        String id = visit.field("id");
        quarantine.replay(
                visit.asker(), id == null ? null : List.of(Visit.id(id, "There is no such record in quarantine.")));
        visit.goTo("/admin/quarantine");
    }

    private void drift(Visit visit) {
        Drift.Report report = drift.report(visit.asker());
        visit.html(templates.draw("drift", new DriftPage(frames.of(visit, "Drift", "admin"), report, visit.reader())));
    }

    private void people(Visit visit, @Nullable String token, @Nullable String tokenOf, @Nullable String problem) {
        visit.asker().requireAdmin();
        boolean retry = problem != null;
        visit.html(templates.draw(
                "people",
                new PeoplePage(
                        frames.of(visit, "People", "admin"),
                        people.all().stream().map(AdminPages::row).toList(),
                        token,
                        tokenOf,
                        problem,
                        retry ? Objects.requireNonNullElse(visit.field("name"), "") : "",
                        retry ? Objects.requireNonNullElse(visit.field("email"), "") : "")));
    }

    private static PersonRow row(Person person) {
        return new PersonRow(person.id().toString(), person.name(), person.email(), Frame.roleName(person.role()));
    }

    private void addPerson(Visit visit) {
        visit.asker().requireAdmin();
        Role role = Words.read("role", visit.field("role"), Role.class);
        try {
            people.add(new People.NewPerson(
                    Objects.requireNonNullElse(visit.field("email"), ""),
                    Objects.requireNonNullElse(visit.field("name"), ""),
                    role == null ? Role.CSM : role,
                    null));
        } catch (Failure.Rejected wrong) {
            visit.context().status(422);
            people(visit, null, null, Problems.said(wrong));
            return;
        } catch (Failure.Conflict taken) {
            visit.context().status(409);
            people(visit, null, null, "Somebody has this e-mail address already; see the list below.");
            return;
        }
        visit.goTo("/admin/people");
    }

    /** Drawn at once, not after a redirect: the token is shown this once and kept nowhere. */
    private void addToken(Visit visit) {
        visit.asker().requireAdmin();
        UserId id = UserId.parse(visit.path("id"));
        String name = Objects.requireNonNullElse(visit.field("name"), "made on the page");
        if (name.length() > LONGEST_NAME) {
            throw new Failure.Malformed("The name of a token has at most 200 characters.");
        }
        String owner = people.all().stream()
                .filter(one -> one.id().equals(id))
                .map(Person::name)
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound("There is nobody with this id."));
        people(visit, people.addToken(id, name, null).token(), owner, null);
    }

    static List<Choice> roles() {
        return Arrays.stream(Role.values())
                .map(role -> new Choice(Words.of(role), Frame.roleName(role), role == Role.CSM))
                .toList();
    }

    static UUID syncId(String text) {
        return Visit.id(text, "There is no sync with this id.");
    }
}

package ai.cscx.chorus.web;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TeamId;
import ai.cscx.chorus.base.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people who may ask, and their tokens. */
final class PeopleRoutes {
    private static final int LONGEST_NAME = 200;

    private final People people;
    private final Clock clock;

    PeopleRoutes(People people, Clock clock) {
        this.people = people;
        this.clock = clock;
    }

    record PersonView(
            UUID id,
            String name,
            String email,
            String role,
            @Nullable UUID teamId) {
        static PersonView of(People.Person person) {
            return new PersonView(
                    person.id().value(),
                    person.name(),
                    person.email(),
                    person.role().word(),
                    person.team() == null ? null : person.team().value());
        }

        /** Where it stands in the list. */
        private String place() {
            return name + '\0' + id;
        }
    }

    record PersonRequest(
            @Nullable String email,
            @Nullable String name,
            @Nullable String role,
            @Nullable UUID teamId) {
        People.NewPerson person() {
            return new People.NewPerson(
                    Objects.requireNonNullElse(email, ""),
                    Objects.requireNonNullElse(name, ""),
                    roleOf(role),
                    teamId == null ? null : new TeamId(teamId));
        }

        private static Role roleOf(@Nullable String word) {
            return Arrays.stream(Role.values())
                    .filter(role -> role.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Failure.Rejected(
                            "The person cannot be added.",
                            List.of(new Problem(
                                    "/role", "is one of " + String.join(", ", Parameters.words(Role.class))))));
        }
    }

    record TokenRequest(@Nullable String name, @Nullable Instant expiresAt) {}

    /**
     * @param token shown this once
     */
    record TokenView(UUID id, String token) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/users", "Lists everybody, by name")
                        .access(Access.ADMIN)
                        .answersPagesOf(PersonView.class)
                        .handledBy(this::list),
                Route.post("/api/users", "Adds somebody")
                        .access(Access.ADMIN)
                        .takes(PersonRequest.class)
                        .answers(201, PersonView.class)
                        .handledBy(this::add),
                Route.post("/api/users/{id}/tokens", "Makes a token, which is shown this once")
                        .access(Access.ADMIN)
                        .takes(TokenRequest.class)
                        .answers(201, TokenView.class)
                        .handledBy(this::addToken));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        List<PersonView> all = people.all().stream().map(PersonView::of).toList();
        exchange.answer(200, page(all, query.cursor(), query.limit()));
    }

    static Page<PersonView> page(List<PersonView> all, @Nullable String cursor, int limit) {
        String after =
                cursor == null ? null : Cursor.decode(cursor, "users", 1).keys().getFirst();
        List<PersonView> rest = all.stream()
                .sorted(Comparator.comparing(PersonView::place))
                .filter(person -> after == null || person.place().compareTo(after) > 0)
                .toList();
        return Page.of(rest, limit, last -> new Cursor("users", List.of(last.place())));
    }

    private void add(Exchange exchange) {
        People.Person added = people.add(exchange.body(PersonRequest.class).person());
        exchange.created(PersonView.of(added), "/api/users/" + added.id());
    }

    private void addToken(Exchange exchange) {
        UserId person = UserId.parse(exchange.path("id"));
        TokenRequest request = exchange.body(TokenRequest.class);
        String name = Objects.requireNonNullElse(request.name(), "").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw refused("/name", "has 1 to " + LONGEST_NAME + " characters");
        }
        if (request.expiresAt() != null && !request.expiresAt().isAfter(clock.instant())) {
            throw refused("/expiresAt", "is over already; name a later instant or leave it out");
        }
        People.NewToken token = people.addToken(person, name, request.expiresAt());
        exchange.answer(201, new TokenView(token.id(), token.token()));
    }

    private static Failure.Rejected refused(String pointer, String detail) {
        return new Failure.Rejected("The token cannot be made.", List.of(new Problem(pointer, detail)));
    }
}

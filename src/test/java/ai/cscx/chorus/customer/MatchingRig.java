package ai.cscx.chorus.customer;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real matcher on a real, empty database. */
final class MatchingRig implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final Database database;
    final Customers customers;
    final People people;
    final CallStore calls;
    final Matcher matcher;
    final Links links;
    final Relinking relinking;

    MatchingRig(MatchingDomains domains) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        database = new Database(new Database.Settings(Databases.create(), 5));
        database.start();
        customers = new Customers(database);
        people = new People(database, clock);
        calls = new CallStore();
        matcher = new Matcher(domains);
        links = new Links(database, matcher, calls, (handle, call) -> {}, clock);
        relinking = new Relinking(database, links);
    }

    /** What Chorus says of a call as far as matching reads it. */
    record Listed(
            String externalId,
            @Nullable String title,
            Instant startedAt,
            @Nullable String ownerEmail,
            @Nullable String ownerName,
            @Nullable String accountCrmId,
            @Nullable String accountSourceId,
            @Nullable String accountName,
            @Nullable String seriesKey,
            List<Participant> participants) {}

    People.Person person(String email, String name, Role role) {
        return people.ensure(new People.NewPerson(email, name, role, null));
    }

    /** Saves the call without matching it. */
    CallId save(Listed call) {
        CallContent content = new CallContent(
                call.externalId(),
                "engagements",
                call.title(),
                call.startedAt(),
                call.startedAt(),
                1_000,
                "meeting",
                CallContent.State.DONE,
                CallContent.TranscriptState.EMPTY,
                null,
                "en",
                null,
                null,
                call.ownerEmail(),
                call.ownerName(),
                call.accountCrmId(),
                call.accountSourceId(),
                call.accountName(),
                null,
                null,
                call.seriesKey(),
                null,
                call.participants(),
                List.of(),
                List.of(),
                null,
                new Transcript("en", List.of()));
        return database.inTransaction(
                handle -> calls.save(handle, content, Map.of("detail", new byte[0]), "h", call.startedAt())
                        .id());
    }

    boolean match(CallId call) {
        return database.inTransaction(handle -> links.match(handle, call));
    }

    @Override
    public void close() {
        database.close();
    }
}

package ai.cscx.chorus.slack;

import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What came from Slack, each event once however often it is delivered and whichever instance it reaches, with the job that
 * answers it staged in the same transaction. Thread-safe.
 */
final class Inbox {
    static final Jobs.Kind JOB = new Jobs.Kind("slack-request", 95, 4);
    private static final String[] IN_ORDER = inOrder();

    private final Database database;
    private final Jobs jobs;

    Inbox(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /** Keeps it, unless it is here already. False if nothing new came of it. */
    boolean take(Arrival arrived) {
        boolean taken = database.inTransaction(handle -> take(handle, arrived));
        if (taken) {
            jobs.wake();
        }
        return taken;
    }

    boolean take(Handle handle, Arrival arrived) {
        Arrival arrival = placed(handle, arrived);
        Optional<Long> id = handle.createQuery("""
                        INSERT INTO chorus_slack_requests (event_key, message_key, kind, team, channel, thread, reply_to,
                            slack_user, body, response_url)
                        SELECT :event, :message, :kind, :team, :channel, :thread, :replyTo, :user, :body, :responseUrl
                        WHERE NOT :onlyIfKnown OR EXISTS (SELECT 1 FROM chorus_slack_threads
                            WHERE team = :team AND channel = :channel AND thread = :thread AND slack_user = :user)
                        ON CONFLICT DO NOTHING RETURNING id
                        """)
                .bind("event", arrival.eventKey())
                .bind("message", arrival.messageKey())
                .bind("kind", arrival.kind().word())
                .bind("team", arrival.team())
                .bind("channel", arrival.channel())
                .bind("thread", arrival.thread())
                .bind("replyTo", arrival.replyTo())
                .bind("user", arrival.user())
                .bind("body", keepable(arrival.body()))
                .bind("responseUrl", arrival.responseUrl())
                .bind("onlyIfKnown", arrival.onlyIfKnown())
                .mapTo(Long.class)
                .findOne();
        if (id.isEmpty()) {
            return false;
        }
        if (arrival.kind().inOrder()) {
            handle.createUpdate("""
                            INSERT INTO chorus_slack_threads (team, channel, thread, slack_user)
                            VALUES (:team, :channel, :thread, :user) ON CONFLICT DO NOTHING
                            """)
                    .bind("team", arrival.team())
                    .bind("channel", arrival.channel())
                    .bind("thread", arrival.thread())
                    .bind("user", arrival.user())
                    .execute();
        }
        String key = id.get().toString();
        jobs.stage(handle, JOB, key, key);
        return true;
    }

    /** What was clicked belongs to the thread of the answer that it stands under. */
    private Arrival placed(Handle handle, Arrival arrival) {
        Long clicked = origin(arrival.body());
        if (clicked == null
                || arrival.eventKey().isEmpty()
                || !arrival.eventKey().startsWith("action:")) {
            return arrival;
        }
        return find(handle, clicked)
                .filter(origin ->
                        origin.team().equals(arrival.team()) && origin.channel().equals(arrival.channel()))
                .map(origin -> arrival.in(origin.thread(), origin.replyTo()))
                .orElse(arrival);
    }

    /** The request that a button's value names, as in {@code 12} and {@code 12:3}; null if it names none. */
    static @Nullable Long origin(String value) {
        String id = value.replaceAll(":.*", "");
        return id.matches("\\d{1,18}") ? Long.valueOf(id) : null;
    }

    Optional<Request> find(long id) {
        return database.read(handle -> find(handle, id));
    }

    private static Optional<Request> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM chorus_slack_requests WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    /** Whether something that was said before in the same thread waits still. */
    boolean isEarlierWaiting(Request request) {
        return request.kind().inOrder()
                && database.read(handle -> handle.createQuery("""
                                SELECT EXISTS (SELECT 1 FROM chorus_slack_requests WHERE team = :team AND channel = :channel
                                    AND thread = :thread AND id < :id AND state = 'waiting' AND kind = ANY (:inOrder))
                                """)
                        .bind("team", request.team())
                        .bind("channel", request.channel())
                        .bind("thread", request.thread())
                        .bind("id", request.id())
                        .bind("inOrder", IN_ORDER)
                        .mapTo(Boolean.class)
                        .one());
    }

    /**
     * The conversation of this person in the thread of the request. When the Slack member has become somebody else in CSCX,
     * it is a new one.
     */
    UUID conversation(Request request, UserId person) {
        return database.inTransaction(handle -> handle.createQuery("""
                        INSERT INTO chorus_slack_threads AS t (team, channel, thread, slack_user, user_id)
                        VALUES (:team, :channel, :thread, :user, :person)
                        ON CONFLICT (team, channel, thread, slack_user) DO UPDATE SET user_id = excluded.user_id,
                            conversation = CASE WHEN t.user_id IS NULL OR t.user_id = excluded.user_id THEN t.conversation
                                ELSE gen_random_uuid() END
                        RETURNING conversation
                        """)
                .bind("team", request.team())
                .bind("channel", request.channel())
                .bind("thread", request.thread())
                .bind("user", request.slackUser())
                .bind("person", person.value())
                .mapTo(UUID.class)
                .one());
    }

    /** The turns of the conversation that answer other requests. */
    Set<String> answersOfOthers(Request request, UUID conversation) {
        return database.read(handle -> handle.createQuery("""
                        SELECT message_id::text FROM chorus_slack_requests
                        WHERE conversation = :conversation AND id <> :id AND message_id IS NOT NULL
                        """)
                .bind("conversation", conversation)
                .bind("id", request.id())
                .mapTo(String.class)
                .collect(Collectors.toSet()));
    }

    /** Notes that the assistant is being asked. */
    void asking(Request request, UserId person, UUID conversation, Instant now) {
        database.transact(handle -> handle.createUpdate("""
                        UPDATE chorus_slack_requests SET user_id = :person, conversation = :conversation, asked_at = :now
                        WHERE id = :id
                        """)
                .bind("person", person.value())
                .bind("conversation", conversation)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("id", request.id())
                .execute());
    }

    /** Notes which turn answers it. */
    void answered(Request request, UserId person, UUID conversation, UUID message) {
        database.transact(handle -> handle.createUpdate("""
                        UPDATE chorus_slack_requests SET user_id = :person, conversation = :conversation, message_id = :message
                        WHERE id = :id
                        """)
                .bind("person", person.value())
                .bind("conversation", conversation)
                .bind("message", message)
                .bind("id", request.id())
                .execute());
    }

    /** Ends it. What was said is in the conversation now, and nowhere else. */
    void finish(long id, boolean done) {
        database.transact(handle -> finish(handle, id, done));
    }

    static void finish(Handle handle, long id, boolean done) {
        handle.createUpdate("""
                        UPDATE chorus_slack_requests SET state = :state, response_url = NULL, finished_at = clock_timestamp(),
                            body = CASE WHEN kind IN ('page', 'alert') THEN body ELSE '' END
                        WHERE id = :id
                        """)
                .bind("state", done ? "done" : "failed")
                .bind("id", id)
                .execute();
    }

    /** Buttons live as long as this; Slack delivers an event again within the hour. */
    void forgetOld() {
        database.transact(handle -> {
            handle.execute(
                    "DELETE FROM chorus_slack_requests WHERE finished_at < clock_timestamp() - interval '30 days'");
            handle.execute(
                    "DELETE FROM chorus_slack_threads WHERE created_at < clock_timestamp() - interval '365 days'");
            handle.execute("DELETE FROM chorus_slack_people WHERE checked_at < clock_timestamp() - interval '30 days'");
        });
    }

    private static Request request(ResultSet row) throws SQLException {
        UUID person = row.getObject("user_id", UUID.class);
        OffsetDateTime asked = row.getObject("asked_at", OffsetDateTime.class);
        Timestamp received = row.getTimestamp("received_at");
        return new Request(
                row.getLong("id"),
                Kind.parse(row.getString("kind")),
                row.getString("team"),
                row.getString("channel"),
                row.getString("thread"),
                row.getString("reply_to"),
                row.getString("slack_user"),
                row.getString("body"),
                row.getString("response_url"),
                received.toInstant(),
                row.getString("state").equals("waiting"),
                person == null ? null : new UserId(person),
                row.getObject("conversation", UUID.class),
                asked == null ? null : asked.toInstant(),
                row.getObject("message_id", UUID.class));
    }

    /** PostgreSQL's text has no NUL. */
    private static String keepable(String text) {
        return text.replace('\0', ' ');
    }

    private static String[] inOrder() {
        List<String> words = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind.inOrder()) {
                words.add(kind.word());
            }
        }
        return words.toArray(String[]::new);
    }
}

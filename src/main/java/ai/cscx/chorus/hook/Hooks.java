package ai.cscx.chorus.hook;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.upstream.HttpTransport;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are told of changes, signed as <a href="https://www.standardwebhooks.com">Standard Webhooks</a>. Triggers
 * write what is to be told in the transaction of the change; each delivery is tried for three days, at least once, in no
 * promised order. All of it is an admin's. Thread-safe.
 */
public final class Hooks {
    static final String PURPOSE = "hook-secret";

    private static final String ORDERING = "hook-deliveries";
    private static final String PREFIX = "whsec_";
    private static final int SECRET_BYTES = 32;
    private static final int MOST = 20;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Database database;
    private final Vault vault;
    private final HttpTransport transport;
    private final HookSender sender;
    private final SecureRandom random = new SecureRandom();

    public Hooks(Database database, Vault vault, HttpTransport transport) {
        this.database = database;
        this.vault = vault;
        this.transport = transport;
        this.sender = new HookSender(database, vault, transport);
    }

    /**
     * @param enabled false once the receiver said that it is gone (410)
     */
    public record Hook(UUID id, URI url, List<String> events, boolean enabled, Instant createdAt) {}

    /**
     * A hook with its secret, which is shown this once.
     *
     * @param secret {@code whsec_} and 32 bytes in Base64
     */
    public record Added(Hook hook, String secret) {
        @Override
        public String toString() {
            return "Added[" + hook.id() + "]";
        }
    }

    /** Where a delivery stands. */
    public enum State {
        PENDING,
        DELIVERED,
        /** Given up after three days; can be replayed. */
        DEAD
    }

    /**
     * One event on its way to one hook.
     *
     * @param eventId the {@code webhook-id}
     * @param error why the last try failed
     */
    public record Delivery(
            UUID id,
            UUID hookId,
            UUID eventId,
            String event,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable Instant deliveredAt,
            @Nullable Integer lastStatus,
            @Nullable String error) {}

    /** Has jobs deliver. Before {@link Jobs#start}. */
    public void register(Jobs jobs) {
        jobs.every("deliver-hooks", PAUSE, this::deliver);
    }

    /** Tries all deliveries that are due. */
    public void deliver() {
        sender.deliver();
    }

    /** Oldest first; there are at most {@value #MOST}. */
    public List<Hook> list(Asker asker) {
        asker.requireAdmin();
        return database.read(handle -> handle.createQuery("SELECT * FROM chorus_hooks ORDER BY created_at, id")
                .map((row, context) -> hook(row))
                .list());
    }

    /**
     * Tells the address of what happens from now on.
     *
     * @throws Failure.Rejected if nothing may be sent there, an event is none, or there are too many hooks
     */
    public Added add(Asker asker, String url, List<String> events) {
        asker.requireAdmin();
        List<String> wanted = List.copyOf(new TreeSet<>(events));
        List<Problem> problems = new ArrayList<>();
        if (wanted.isEmpty() || !HookEvent.words().containsAll(wanted)) {
            problems.add(new Problem("/events", "are some of " + String.join(", ", HookEvent.words())));
        }
        URI address = null;
        try {
            address = transport.check(url);
        } catch (Failure.Rejected refused) {
            problems.add(new Problem("/url", String.valueOf(refused.getMessage())));
        }
        if (address == null || !problems.isEmpty()) {
            throw new Failure.Rejected("The hook cannot be added.", problems);
        }
        byte[] key = new byte[SECRET_BYTES];
        random.nextBytes(key);
        String secret = PREFIX + Base64.getEncoder().encodeToString(key);
        String target = address.toString();
        byte[] sealed = vault.seal(secret, PURPOSE);
        Hook made = database.inTransaction(handle -> {
            long here = handle.createQuery("SELECT count(*) FROM chorus_hooks")
                    .mapTo(Long.class)
                    .one();
            if (here >= MOST) {
                throw new Failure.Rejected("There are " + MOST + " hooks already; delete one first.");
            }
            return handle.createQuery(
                            "INSERT INTO chorus_hooks (url, events, secret_sealed) VALUES (:url, :events, :secret) RETURNING *")
                    .bind("url", target)
                    .bind("events", wanted.toArray(String[]::new))
                    .bind("secret", sealed)
                    .map((row, context) -> hook(row))
                    .one();
        });
        return new Added(made, secret);
    }

    /**
     * Forgets a hook with everything that waited for it.
     *
     * @throws Failure.NotFound if there is none
     */
    public void remove(Asker asker, UUID id) {
        asker.requireAdmin();
        int gone = database.inTransaction(handle -> handle.createUpdate("DELETE FROM chorus_hooks WHERE id = :id")
                .bind("id", id)
                .execute());
        if (gone == 0) {
            throw new Failure.NotFound("There is no hook with this id; GET /api/hooks lists them.");
        }
    }

    /** Deliveries, newest first. */
    public Page<Delivery> deliveries(
            Asker asker, @Nullable UUID hook, @Nullable State state, @Nullable String cursor, int limit) {
        asker.requireAdmin();
        Conditions where = new Conditions();
        if (hook != null) {
            where.and("hook_id = :hook", Map.of("hook", hook));
        }
        if (state != null) {
            where.and("state = :state", Map.of("state", state.name().toLowerCase(Locale.ROOT)));
        }
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, ORDERING, 2);
            where.and(
                    "(created_at, id) < (:afterTime, :afterId)",
                    Map.of("afterTime", after.instant(0).atOffset(ZoneOffset.UTC), "afterId", after.uuid(1)));
        }
        List<Delivery> found = database.read(handle -> handle.createQuery("SELECT * FROM chorus_hook_deliveries"
                        + where.sql() + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                .bindMap(where.arguments())
                .bind("limit", limit + 1)
                .map((row, context) -> delivery(row))
                .list());
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        ORDERING, List.of(last.createdAt().toString(), last.id().toString())));
    }

    /**
     * Has dead deliveries tried again, for another three days.
     *
     * @param ids null means all
     * @return how many
     */
    public int replay(Asker asker, @Nullable List<UUID> ids) {
        asker.requireAdmin();
        return database.inTransaction(handle -> handle.createUpdate("""
                        UPDATE chorus_hook_deliveries SET state = 'pending', attempts = 0, next_at = clock_timestamp(),
                            since = clock_timestamp()
                        WHERE state = 'dead' AND (:all OR id = ANY (:ids))
                        """)
                .bind("all", ids == null)
                .bind("ids", ids == null ? new UUID[0] : ids.toArray(UUID[]::new))
                .execute());
    }

    private static Hook hook(ResultSet row) throws SQLException {
        return new Hook(
                row.getObject("id", UUID.class),
                URI.create(row.getString("url")),
                List.of((String[]) row.getArray("events").getArray()),
                row.getBoolean("enabled"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        String state = row.getString("state");
        boolean delivered = row.getTimestamp("delivered_at") != null;
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("hook_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("event"),
                state,
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                state.equals("pending") ? row.getTimestamp("next_at").toInstant() : null,
                delivered ? row.getTimestamp("delivered_at").toInstant() : null,
                row.getObject("last_status", Integer.class),
                row.getString("last_error"));
    }
}

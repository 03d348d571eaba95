package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer.PendingAction;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait for a yes. Each belongs to one person and one conversation, is carried out once at most, and expires.
 * Thread-safe.
 */
final class PendingActions {
    static final Duration LIFE = Duration.ofMinutes(15);

    private final Database database;

    PendingActions(Database database) {
        this.database = database;
    }

    /**
     * One of them.
     *
     * @param state open, done or declined
     * @param answer the message that it was carried out with
     */
    record Action(
            UUID id,
            UUID conversation,
            Proposal proposal,
            String state,
            @Nullable UUID answer,
            Instant expiresAt) {
        boolean isOpen(Instant now) {
            return state.equals("open") && now.isBefore(expiresAt);
        }
    }

    /** The one that waits in this conversation of the asker's; empty also when it waited too long. */
    Optional<Action> open(Asker asker, UUID conversation, Instant now) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM chorus_pending_actions WHERE conversation_id = :conversation AND user_id = :asker"
                                + " AND state = 'open' AND expires_at > :now ORDER BY created_at DESC LIMIT 1")
                .bind("conversation", conversation)
                .bind("asker", asker.id().value())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((row, context) -> action(row))
                .findOne());
    }

    /** Puts an action into a conversation of the asker's, in which nothing waits any more but this. */
    void propose(Handle handle, Asker asker, UUID conversation, PendingAction action, Proposal proposal, Instant now) {
        handle.createUpdate("""
                        INSERT INTO chorus_pending_actions
                            (id, conversation_id, user_id, tool, arguments, change, summary, created_at, expires_at)
                        VALUES (:id, :conversation, :asker, :tool, :arguments::jsonb, :change::jsonb, :summary, :now, :expires)
                        """)
                .bind("id", UUID.fromString(action.id()))
                .bind("conversation", conversation)
                .bind("asker", asker.id().value())
                .bind("tool", proposal.tool())
                .bind("arguments", Json.write(proposal.arguments()))
                .bind("change", Json.write(proposal.change()))
                .bind("summary", proposal.summary())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("expires", now.plus(LIFE).atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Whatever waits in this conversation waits no more: something else was said. */
    void decline(Handle handle, UUID conversation) {
        handle.createUpdate(
                        "UPDATE chorus_pending_actions SET state = 'declined' WHERE conversation_id = :id AND state = 'open'")
                .bind("id", conversation)
                .execute();
    }

    /**
     * The action, locked until the transaction ends, and its conversation with it.
     *
     * @throws Failure.NotFound if the asker has no such action
     */
    Action locked(Handle handle, Asker asker, UUID id) {
        // The conversation first, as whoever adds a turn does.
        handle.createQuery("""
                        SELECT c.id FROM chorus_conversations c JOIN chorus_pending_actions a ON a.conversation_id = c.id
                        WHERE a.id = :id FOR UPDATE OF c
                        """).bind("id", id).mapTo(UUID.class).findOne();
        return handle.createQuery("SELECT * FROM chorus_pending_actions WHERE id = :id AND user_id = :asker FOR UPDATE")
                .bind("id", id)
                .bind("asker", asker.id().value())
                .map((row, context) -> action(row))
                .findOne()
                .orElseThrow(() -> new Failure.NotFound("There is no pending action with this id."));
    }

    void done(Handle handle, UUID id, UUID answer) {
        handle.createUpdate("UPDATE chorus_pending_actions SET state = 'done', answer_id = :answer WHERE id = :id")
                .bind("id", id)
                .bind("answer", answer)
                .execute();
    }

    private static Action action(ResultSet row) throws SQLException {
        Map<String, Object> arguments =
                Json.read(row.getString("arguments"), new TypeReference<Map<String, Object>>() {});
        Proposal proposal = new Proposal(
                row.getString("tool"),
                arguments,
                Json.read(row.getString("change"), Proposal.Change.class),
                row.getString("summary"));
        return new Action(
                row.getObject("id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                proposal,
                row.getString("state"),
                row.getObject("answer_id", UUID.class),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}

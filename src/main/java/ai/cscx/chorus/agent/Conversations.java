package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Question.Memory;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was asked and answered, kept per person: to everybody else a conversation does not exist. Thread-safe. */
public final class Conversations {
    private static final int REMEMBERED = 10;
    private static final int UUID_LENGTH = 36;

    private final Database database;

    public Conversations(Database database) {
        this.database = database;
    }

    /**
     * Reads the id of a conversation.
     *
     * @throws Failure.Rejected if it is no UUID
     */
    static UUID id(String text) {
        try {
            if (text.length() == UUID_LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException malformed) {
            throw new Failure.Rejected(
                    "conversationId is a UUID as an earlier answer returned it; leave it out to begin a new conversation.",
                    malformed);
        }
        throw new Failure.Rejected(
                "conversationId is a UUID as an earlier answer returned it; leave it out to begin a new conversation.");
    }

    /**
     * What the latest turns leave behind; nothing for a conversation that hasn't begun.
     *
     * @throws Failure.NotFound if the conversation is somebody else's
     */
    Memory remember(Asker asker, UUID conversation) {
        return database.read(handle -> {
            requireOwn(handle, asker, conversation);
            return memory(handle, conversation, Integer.MAX_VALUE);
        });
    }

    /** What the latest turns up to a position leave behind. */
    private static Memory memory(Handle handle, UUID conversation, int position) {
        List<Remembered> latest = handle.createQuery("""
                        SELECT question, answer::text AS answer, frame::text AS frame, created_at FROM chorus_messages
                        WHERE conversation_id = :id AND position <= :position ORDER BY position DESC LIMIT :limit
                        """)
                .bind("id", conversation)
                .bind("position", position)
                .bind("limit", REMEMBERED)
                .map((row, context) -> new Remembered(turn(row), row.getString("frame")))
                .list();
        String frame = latest.isEmpty() ? null : latest.getFirst().frame();
        List<Turn> turns =
                new ArrayList<>(latest.reversed().stream().map(Remembered::turn).toList());
        return new Memory(frame == null ? null : Json.read(frame, Frame.class), turns);
    }

    /** A turn and what the next one may build on. */
    record Place(UUID conversation, Turn turn, Memory memory, boolean last) {}

    /**
     * Where in the asker's conversations this was the latest thing asked, the newest first; each with the turns up to it.
     */
    List<Place> after(Asker asker, String question, int limit) {
        return database.read(handle -> {
            List<Place> places = new ArrayList<>();
            handle.createQuery("""
                            SELECT m.conversation_id, m.position FROM chorus_messages m
                            JOIN chorus_conversations c ON c.id = m.conversation_id
                            WHERE c.user_id = :asker AND m.question = :question
                            ORDER BY m.created_at DESC, m.id LIMIT :limit
                            """)
                    .bind("asker", asker.id().value())
                    .bind("question", question)
                    .bind("limit", limit)
                    .map((row, context) ->
                            new Position(row.getObject("conversation_id", UUID.class), row.getInt("position")))
                    .list()
                    .forEach(position -> places.add(place(handle, position)));
            return places;
        });
    }

    private record Position(UUID conversation, int position) {}

    private static Place place(Handle handle, Position at) {
        Memory memory = memory(handle, at.conversation(), at.position());
        boolean last = handle.createQuery("SELECT max(position) FROM chorus_messages WHERE conversation_id = :id")
                        .bind("id", at.conversation())
                        .mapTo(Integer.class)
                        .one()
                == at.position();
        return new Place(at.conversation(), memory.turns().getLast(), memory, last);
    }

    /** The asker's conversations, the one that was used last first. */
    List<Conversation> list(Asker asker, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT c.id, m.question, c.updated_at
                        FROM chorus_conversations c JOIN chorus_messages m ON m.conversation_id = c.id AND m.position = 1
                        WHERE c.user_id = :asker ORDER BY c.updated_at DESC, c.id DESC LIMIT :limit
                        """)
                .bind("asker", asker.id().value())
                .bind("limit", limit)
                .map((row, context) -> new Conversation(
                        row.getObject("id", UUID.class).toString(),
                        row.getString("question"),
                        row.getTimestamp("updated_at").toInstant()))
                .list());
    }

    /** Takes what was said in a call out of every answer that quotes or lists it; the rest of the conversation stays. */
    public void forget(Handle handle, CallId call) {
        handle.createUpdate("""
                        UPDATE chorus_messages SET answer = answer || jsonb_build_object('reply', :removed, 'citations', '[]'::jsonb,
                            'cards', '[]'::jsonb)
                        WHERE answer::text LIKE :mention
                        """)
                .bind("removed", "What this answer was made of is no longer available in Chorus.")
                .bind("mention", "%" + call + "%")
                .execute();
    }

    /**
     * All turns, oldest first.
     *
     * @throws Failure.NotFound if there is no such conversation of the asker's
     */
    List<Turn> turns(Asker asker, UUID conversation) {
        List<Turn> turns = database.read(handle -> handle.createQuery("""
                        SELECT m.question, m.answer::text AS answer, m.created_at
                        FROM chorus_messages m JOIN chorus_conversations c ON c.id = m.conversation_id
                        WHERE c.id = :id AND c.user_id = :asker ORDER BY m.position
                        """)
                .bind("id", conversation)
                .bind("asker", asker.id().value())
                .map((row, context) -> turn(row))
                .list());
        if (turns.isEmpty()) {
            throw noSuchConversation();
        }
        return turns;
    }

    /**
     * Adds a turn at the end, in the caller's transaction; turns that end at the same time are put one after the other.
     *
     * @throws Failure.NotFound if the conversation is somebody else's
     */
    void append(Handle handle, Asker asker, UUID conversation, Turn turn, @Nullable Frame frame) {
        // The row stays locked to the end of the transaction, so that positions are given one by one.
        boolean own = handle.createQuery("""
                        INSERT INTO chorus_conversations AS c (id, user_id, created_at, updated_at)
                        VALUES (:id, :asker, :at, :at)
                        ON CONFLICT (id) DO UPDATE SET updated_at = greatest(c.updated_at, excluded.updated_at)
                            WHERE c.user_id = excluded.user_id
                        RETURNING c.id
                        """)
                .bind("id", conversation)
                .bind("asker", asker.id().value())
                .bind("at", turn.at().atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
        if (!own) {
            throw noSuchConversation();
        }
        handle.createUpdate("""
                        INSERT INTO chorus_messages (id, conversation_id, position, question, answer, frame, created_at)
                        SELECT :message, :id, COALESCE(max(position), 0) + 1, :question, :answer::jsonb, :frame::jsonb, :at
                        FROM chorus_messages WHERE conversation_id = :id
                        """)
                .bind("message", UUID.fromString(turn.answer().messageId()))
                .bind("id", conversation)
                .bind("question", turn.message())
                .bind("answer", Json.write(turn.answer()))
                .bind("frame", frame == null ? null : Json.write(frame))
                .bind("at", turn.at().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** An answer that was given. */
    Answer answer(Handle handle, UUID message) {
        return handle.createQuery("SELECT answer::text FROM chorus_messages WHERE id = :id")
                .bind("id", message)
                .mapTo(String.class)
                .map(answer -> Json.read(answer, Answer.class))
                .one();
    }

    /** An answer of the asker's; empty if there is none of this id, or not yet. */
    Optional<Answer> answer(Asker asker, UUID message) {
        return database.read(handle -> handle.createQuery("""
                        SELECT m.answer::text FROM chorus_messages m JOIN chorus_conversations c ON c.id = m.conversation_id
                        WHERE m.id = :id AND c.user_id = :asker
                        """)
                .bind("id", message)
                .bind("asker", asker.id().value())
                .mapTo(String.class)
                .findOne()
                .map(answer -> Json.read(answer, Answer.class)));
    }

    private static void requireOwn(Handle handle, Asker asker, UUID conversation) {
        boolean somebodyElses = handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM chorus_conversations WHERE id = :id AND user_id <> :asker)")
                .bind("id", conversation)
                .bind("asker", asker.id().value())
                .mapTo(Boolean.class)
                .one();
        if (somebodyElses) {
            throw noSuchConversation();
        }
    }

    private static Failure.NotFound noSuchConversation() {
        return new Failure.NotFound("There is no conversation with this id.");
    }

    private static Turn turn(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp("created_at").toInstant();
        return new Turn(row.getString("question"), Json.read(row.getString("answer"), Answer.class), at);
    }

    private record Remembered(Turn turn, @Nullable String frame) {}
}

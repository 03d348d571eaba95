package ai.cscx.chorus.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.TestServers;
import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.People.NewPerson;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ConversationsIT {
    private static final Database DATABASE =
            new Database(new Database.Settings(TestServers.get().database(), 8));

    private final Conversations conversations = new Conversations(DATABASE);
    private final Asker dana = somebody();
    private final UUID conversation = UUID.randomUUID();

    @BeforeAll
    static void start() {
        DATABASE.start();
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    private void append(Asker asker, UUID id, Turn turn, @Nullable Frame frame) {
        DATABASE.transact(handle -> conversations.append(handle, asker, id, turn, frame));
    }

    @Test
    void turn_isReadBack_withTheFrameForTheNext() {
        Frame frame = new Frame("list_calls", Map.of("customer", List.of("Acme", "Globex"), "limit", 3), null);
        append(dana, conversation, turn("one"), new Frame(null, Map.of(), null));
        append(dana, conversation, turn("two"), frame);
        Question.Memory memory = conversations.remember(dana, conversation);
        assertThat(memory.frame()).isEqualTo(frame);
        assertThat(memory.turns()).extracting(Turn::message).containsExactly("one", "two");
        assertThat(conversations.turns(dana, conversation)).isEqualTo(memory.turns());
    }

    @Test
    void memory_isTheLastTenTurns() {
        IntStream.rangeClosed(1, 12).forEach(n -> append(dana, conversation, turn("m" + n), null));
        assertThat(conversations.remember(dana, conversation).turns())
                .hasSize(10)
                .extracting(Turn::message)
                .startsWith("m3")
                .endsWith("m12");
        assertThat(conversations.turns(dana, conversation)).hasSize(12);
    }

    @Test
    void conversationOfSomebodyElse_doesNotExist() {
        append(dana, conversation, turn("one"), null);
        Asker other = somebody();
        assertThatThrownBy(() -> conversations.remember(other, conversation)).isInstanceOf(Failure.NotFound.class);
        assertThatThrownBy(() -> conversations.turns(other, conversation)).isInstanceOf(Failure.NotFound.class);
        assertThatThrownBy(() -> append(other, conversation, turn("x"), null)).isInstanceOf(Failure.NotFound.class);
        assertThatThrownBy(() -> conversations.turns(dana, UUID.randomUUID())).isInstanceOf(Failure.NotFound.class);
        assertThatThrownBy(() -> Conversations.id("42")).isInstanceOf(Failure.Rejected.class);
    }

    @Test
    void turnsAtTheSameTime_areAllKept_oneAfterTheOther() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> appended = new ArrayList<>();
            for (int n = 0; n < 16; n++) {
                String message = "m" + n;
                appended.add(threads.submit(() -> append(dana, conversation, turn(message), null)));
            }
            for (Future<?> one : appended) {
                one.get();
            }
        }
        assertThat(conversations.turns(dana, conversation)).hasSize(16);
    }

    @Test
    void contacts_ofNobodysCalls_areNone() {
        assertThat(new Calls(DATABASE).contacts(dana)).isEmpty();
    }

    private static Turn turn(String message) {
        Answer answer = new Answer(
                "c",
                UUID.randomUUID().toString(),
                Outcome.ANSWERED,
                "reply",
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                "commands",
                "1",
                3);
        return new Turn(message, answer, World.NOW);
    }

    private static Asker somebody() {
        People people = new People(DATABASE, Clock.fixed(World.NOW, ZoneOffset.UTC));
        return People.asker(people.add(new NewPerson(UUID.randomUUID() + "@cscx.test", "Dana", Role.CSM, null)));
    }
}

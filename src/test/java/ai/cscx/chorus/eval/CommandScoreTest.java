package ai.cscx.chorus.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.eval.CommandScore.Verdict;
import ai.cscx.chorus.eval.CommandSet.Conversation;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandScoreTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CommandScore score = new CommandScore();

    @Test
    void verdict_ofWhatTheLabelSays_isExact() throws Exception {
        Verdict verdict = verdict(
                "list_calls",
                "{'account': 'Tomás & Co', 'date': {'from': '2026-11-09', 'to': '2026-11-15'}, 'limit': 3}",
                "list_calls",
                "{'account': 'tomas & co ', 'date': {'from': '2026-11-09', 'to': '2026-11-15'}, 'limit': '3'}");

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.wrongCustomer()).isFalse();
        assertThat(score.lines()).contains("intent, all turns       1/1 100.0%", "intent + all slots      1/1 100.0%");
        assertThat(score.lines()).contains("  account         1    0    0  1.00 1.00");
    }

    @Test
    void verdict_ofAnotherIntent_looksAtNoSlots() throws Exception {
        Verdict verdict = verdict("list_calls", "{'account': 'Lumenary'}", "account_health", "{}");

        assertThat(verdict.problems()).containsExactly("list_calls taken for account_health");
        assertThat(score.lines()).contains("   ('list_calls', 'account_health') 1");
    }

    @Test
    void verdict_ofAnotherReadingThatIsRight_isExact() throws Exception {
        Conversation conversation = conversation("""
                {"text": "…", "intent": "insights", "slots": {"account": "Lumenary"}, "alt_intents": ["action_items"]}""");

        Verdict verdict = score.add(conversation, 0, new Understood("action_items", slots("{}")));

        assertThat(verdict.problems()).isEmpty();
    }

    @Test
    void verdict_ofSlots_namesWhatIsMissingWrongOrAdded() throws Exception {
        Verdict verdict = verdict(
                "action_items",
                "{'account': 'Lumenary', 'status': 'open', 'query': 'badge list', 'query_terms': ['badge']}",
                "action_items",
                "{'status': 'overdue', 'risk': 'high', 'query': 'list', 'sort': 'newest'}");

        assertThat(verdict.problems())
                .containsExactlyInAnyOrder("account missing", "status wrong", "risk added", "query wrong");
    }

    @Test
    void verdict_ofOwnerNobodySaid_isExactForTheAskerOnly() throws Exception {
        assertThat(verdict("list_calls", "{}", "list_calls", "{'owner': 'Dana Whitfield'}")
                        .problems())
                .isEmpty();
        assertThat(verdict("list_calls", "{}", "list_calls", "{'owner': 'Raj Malhotra'}")
                        .problems())
                .containsExactly("owner added");
    }

    @Test
    void verdict_ofDays_takesAlternativesAndAnOpenEndToday() throws Exception {
        String label = "{'date': {'from': '2026-10-23', 'to': '2026-11-22', 'from_alt': ['2026-10-24']}}";

        assertThat(verdict("list_calls", label, "list_calls", "{'date': {'from': '2026-10-24'}}")
                        .problems())
                .isEmpty();
        assertThat(verdict("list_calls", label, "list_calls", "{'date': {'from': '2026-10-25', 'to': '2026-11-22'}}")
                        .problems())
                .containsExactly("date wrong");
        assertThat(verdict(
                                "action_items",
                                "{'date': {'from': null, 'to': '2026-11-27'}}",
                                "action_items",
                                "{'date': {'to': '2026-11-27'}}")
                        .problems())
                .isEmpty();
    }

    @Test
    void verdict_ofTask_wantsHalfOfItsWords() throws Exception {
        String label = "{'task': 'send the revised quote', 'due': '2026-11-25', 'due_alt': ['2026-12-02']}";

        assertThat(verdict("create_task", label, "create_task", "{'task': 'quote', 'due': '2026-12-02'}")
                        .problems())
                .isEmpty();
        assertThat(verdict("create_task", label, "create_task", "{'task': 'send it', 'due': '2026-12-03'}")
                        .problems())
                .containsExactlyInAnyOrder("task wrong", "due wrong");
    }

    @Test
    void verdict_ofCustomerNobodyMeant_isAboutAWrongOne() throws Exception {
        assertThat(verdict("account_health", "{'account': 'Lumenary'}", "list_calls", "{'account': 'Apogee Learning'}")
                        .wrongCustomer())
                .isTrue();
        assertThat(verdict("ambiguous", "{'clarify': 'account'}", "list_calls", "{'account': 'Lumenary'}")
                        .wrongCustomer())
                .isTrue();
        assertThat(verdict(
                                "account_health",
                                "{'account': ['Lumenary', 'Apogee']}",
                                "list_calls",
                                "{'account': 'apogee'}")
                        .wrongCustomer())
                .isFalse();
        assertThat(verdict("out_of_scope", "{}", "list_calls", "{'account': 'Lumenary'}")
                        .wrongCustomer())
                .isFalse();
        assertThat(score.wrongCustomers()).isEqualTo(2);
    }

    @Test
    void score_ofAConversation_countsFollowUpsAndLastTurns() throws Exception {
        Conversation conversation = conversation(
                "{\"text\": \"1\", \"intent\": \"help\", \"slots\": {}}, {\"text\": \"2\", \"intent\": \"ambiguous\", \"slots\": {}}");

        score.add(conversation, 0, Understood.nothing());
        score.add(conversation, 1, new Understood("ambiguous", slots("{}")));

        assertThat(score.lines())
                .contains(
                        "intent, all turns       1/2 50.0%",
                        "intent, last turn only  1/1 100.0%",
                        "intent, follow-up turns 1/1 100.0%",
                        "out_of_scope+ambiguous  1/1 100.0%",
                        "   ('help', None) 1");
    }

    @Test
    void ownSet_answeredByItsLabels_isExact() throws Exception {
        CommandSet own = CommandSet.read(Path.of("src/test/resources/eval/commands-own.jsonl"));

        for (Conversation conversation : own.conversations()) {
            for (int i = 0; i < conversation.turns().size(); i++) {
                var turn = conversation.turns().get(i);
                Verdict verdict = score.add(
                        conversation,
                        i,
                        new Understood(turn.intent(), turn.slots().deepCopy()));
                assertThat(verdict.problems()).as(conversation.id()).isEmpty();
                assertThat(verdict.wrongCustomer()).as(conversation.id()).isFalse();
            }
        }
        assertThat(own.turns()).isGreaterThanOrEqualTo(220);
        assertThat(own.conversations().stream().filter(Conversation::multiTurn)).hasSizeGreaterThanOrEqualTo(40);
        assertThat(own.conversations().stream().map(Conversation::id)).doesNotHaveDuplicates();
    }

    private Verdict verdict(String intent, String slots, String gotIntent, String gotSlots) throws Exception {
        Conversation conversation =
                conversation("{\"text\": \"…\", \"intent\": \"%s\", \"slots\": %s}".formatted(intent, quoted(slots)));
        return score.add(conversation, 0, new Understood(gotIntent, slots(gotSlots)));
    }

    private static Conversation conversation(String turns) throws Exception {
        return JSON.readValue(
                "{\"id\": \"X\", \"referenceDate\": \"2026-11-22\", \"asker\": \"Dana Whitfield\", \"turns\": [%s]}"
                        .formatted(turns),
                Conversation.class);
    }

    private static ObjectNode slots(String slots) throws Exception {
        return (ObjectNode) JSON.readTree(quoted(slots));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}

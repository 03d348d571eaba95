package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Side;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of action items when Chorus lists them, again and otherwise. */
class ItemsToTasksIT {
    private static final String[] WORDS = {
        "Send Paula the revised quote for 40 more seats",
        "Share the rollout plan for the Bremen warehouse",
        "Forward the SOC 2 report to the security team",
        "Book an integration engineer for the SAP connector",
        "Rerun the trial import with the cleaned customer file",
        "Prepare a value summary for the steering committee",
        "Check the multi-year discount with finance",
        "Update the success plan with the new adoption goals",
        "Ask engineering about the missing webhook messages",
        "Fill in the data protection questionnaire"
    };
    private static final String[] REWORDED = {
        "A revised quote covering 40 additional seats goes to Paula",
        "Bremen warehouse: rollout plan to be shared",
        "Get the SOC 2 report over to security",
        "Integration engineer session about the SAP connector needs to be booked",
        "Trial import will be rerun using the cleaned file",
        "Steering committee gets a value summary",
        "Finance to be asked about a multi-year discount",
        "Success plan: add new goals for adoption",
        "Find out from engineering why webhook messages are missing",
        "Complete the questionnaire on data protection"
    };

    private static HttpRig rig;

    @BeforeAll
    static void start() {
        rig = new HttpRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void regeneratedItems_keepTheirTasks_andWhatWasDoneStaysDone() {
        CallId call = listed("R-1", WORDS, false).save(rig, null);
        assertThat(tasks(call)).isEmpty();

        listed("R-1", WORDS, false).save(rig, rig.northwind);
        Map<String, JsonNode> before = tasks(call);
        assertThat(before).hasSize(WORDS.length);
        List<String> ids = new ArrayList<>(before.keySet());
        for (int i = 0; i < 3; i++) {
            settle(ids.get(i), "done");
        }
        settle(ids.get(3), "dismissed");

        listed("R-1", REWORDED, true).save(rig, rig.northwind);

        Map<String, JsonNode> after = tasks(call);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(ids.subList(0, 3))
                .allSatisfy(
                        id -> assertThat(of(after, id).get("status").asText()).isEqualTo("done"));
        assertThat(of(after, ids.get(3)).get("status").asText()).isEqualTo("dismissed");
        assertThat(after.values().stream()
                        .filter(task -> task.get("status").asText().equals("open"))
                        .map(task -> task.get("title").asText()))
                .hasSize(6)
                .isSubsetOf(REWORDED);

        listed("R-1", REWORDED, true).save(rig, rig.northwind);
        assertThat(tasks(call)).isEqualTo(after);
    }

    @Test
    void itemThatIsListedNoMore_goesWithItsTask_unlessSomebodyTouchedIt() {
        CallId call = listed("R-2", new String[] {WORDS[0], WORDS[1], WORDS[2]}, false)
                .save(rig, rig.northwind);
        String touched = tasks(call).values().stream()
                .filter(task -> task.get("title").asText().equals(WORDS[1]))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
        rig.send(HttpRig.ADMIN, "PATCH", "/api/tasks/" + touched, "{\"dueDate\": \"2030-01-01\"}");

        listed("R-2", new String[] {WORDS[2]}, false).save(rig, rig.northwind);

        assertThat(tasks(call).values().stream().map(task -> task.get("title").asText()))
                .containsExactlyInAnyOrder(WORDS[1], WORDS[2]);
    }

    @Test
    void promiseOfTheCustomer_isNoTask() {
        CallId call = new CallDraft("R-3", "2026-11-12T10:00:00Z")
                .theirs("Paula Reyes", "I will send the contract.")
                .listed("1", "Paula will send the contract", "Paula Reyes", Side.EXTERNAL)
                .save(rig, rig.northwind);

        assertThat(tasks(call)).isEmpty();
        JsonNode item = rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + call)
                .json()
                .get("actionItems")
                .get(0);
        assertThat(item.get("side").asText()).isEqualTo("external");
        assertThat(item.get("status").asText()).isEqualTo("open");
    }

    @Test
    void task_isOfWhomTheItemNames_elseOfTheCustomersOwner() {
        People people = rig.features.people();
        people.ensure(new People.NewPerson("nina.vogel@cscx.example", "Nina Vogel", Role.CSM, null));
        CallId call = new CallDraft("R-4", "2026-11-12T10:00:00Z")
                .ours("Nina Vogel", "I will draw up the plan.")
                .ours("Otto Frei", "And I will check the prices.")
                .listed("1", "Nina will draw up the plan", "Nina Vogel", Side.INTERNAL)
                .listed("2", "Otto will check the prices", "Otto Frei", Side.INTERNAL)
                .listed("3", "Somebody has to ring the bank", null, Side.UNKNOWN)
                .save(rig, rig.northwind);

        Map<String, JsonNode> byTitle = new HashMap<>();
        tasks(call).values().forEach(task -> byTitle.put(task.get("title").asText(), task));
        JsonNode plan = of(byTitle, "Nina will draw up the plan");
        assertThat(plan.get("assigneeName").asText()).isEqualTo("Nina Vogel");
        assertThat(plan.get("needsReview").asBoolean()).isFalse();
        JsonNode prices = of(byTitle, "Otto will check the prices");
        assertThat(prices.get("assigneeName").asText()).isEqualTo("Maria Lopez");
        assertThat(prices.get("needsReview").asBoolean()).isTrue();
        JsonNode bank = of(byTitle, "Somebody has to ring the bank");
        assertThat(bank.get("assigneeName").asText()).isEqualTo("Maria Lopez");
        assertThat(bank.get("needsReview").asBoolean()).isTrue();
    }

    private static CallDraft listed(String id, String[] words, boolean reversed) {
        CallDraft draft = new CallDraft(id, "2026-11-12T10:00:00Z").ours("Maria Lopez", "Let us see.");
        for (int i = 0; i < words.length; i++) {
            draft.listed("id-" + i, words[reversed ? words.length - 1 - i : i], null, Side.INTERNAL);
        }
        return draft;
    }

    private static JsonNode of(Map<String, JsonNode> tasks, String key) {
        return Objects.requireNonNull(tasks.get(key), key);
    }

    private static void settle(String task, String status) {
        HttpRig.Reply reply =
                rig.send(HttpRig.ADMIN, "PATCH", "/api/tasks/" + task, "{\"status\": \"" + status + "\"}");
        assertThat(reply.status()).isEqualTo(200);
    }

    /** By id. */
    private static Map<String, JsonNode> tasks(CallId call) {
        Map<String, JsonNode> tasks = new HashMap<>();
        rig.get(HttpRig.ADMIN, "/api/tasks?limit=200").json().get("items").forEach(task -> {
            if (call.toString().equals(task.path("sourceCallId").asText())) {
                tasks.put(task.get("id").asText(), task);
            }
        });
        return tasks;
    }
}

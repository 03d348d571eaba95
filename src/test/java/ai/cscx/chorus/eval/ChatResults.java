package ai.cscx.chorus.eval;

import static ai.cscx.chorus.eval.SearchEvaluation.print;

import ai.cscx.chorus.eval.ChatWorld.Reply;
import ai.cscx.chorus.eval.CommandScore.Verdict;
import ai.cscx.chorus.eval.CommandSet.Conversation;
import ai.cscx.chorus.eval.CommandSet.Turn;
import ai.cscx.chorus.eval.DateSet.Days;
import ai.cscx.chorus.eval.DateSet.Phrase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one set's run: {@code NAME.pred.jsonl}, which scorers read, and {@code NAME.failures.jsonl}, for people. */
final class ChatResults {
    static final Path FOLDER = Path.of("target", "eval");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final List<String> predictions = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    ChatResults(String name) {
        this.name = name;
    }

    void add(Conversation conversation, int number, Understood understood, Verdict verdict, Reply reply) {
        ObjectNode prediction = JSON.createObjectNode()
                .put("id", conversation.id())
                .put("turn", number)
                .put("intent", understood.intent());
        prediction.set("slots", understood.slots());
        predictions.add(prediction.toString());
        if (verdict.problems().isEmpty() && !verdict.wrongCustomer()) {
            return;
        }
        Turn turn = conversation.turns().get(number);
        ObjectNode failure = JSON.createObjectNode()
                .put("id", conversation.id())
                .put("turn", number)
                .put("asker", conversation.asker())
                .put("text", turn.text());
        failure.set("problems", JSON.valueToTree(verdict.problems()));
        failure.put("wrongCustomer", verdict.wrongCustomer());
        failure.putObject("wanted").put("intent", turn.intent()).set("slots", turn.slots());
        failure.putObject("got").put("intent", understood.intent()).set("slots", understood.slots());
        failures.add(described(failure, reply));
    }

    void add(Phrase phrase, @Nullable Days got, boolean right, Reply reply) {
        if (got != null) {
            predictions.add(JSON.createObjectNode()
                    .put("id", phrase.id())
                    .put("from", got.from())
                    .put("to", got.to())
                    .toString());
        }
        if (!right) {
            ObjectNode failure = JSON.createObjectNode().put("id", phrase.id()).put("text", phrase.question());
            failure.set("wanted", JSON.valueToTree(phrase.right()));
            failure.set("got", JSON.valueToTree(got));
            failures.add(described(failure, reply));
        }
    }

    private static String described(ObjectNode failure, Reply reply) {
        JsonNode answer = reply.answer();
        failure.put("failure", reply.failure());
        failure.set("outcome", answer.path("outcome"));
        failure.set("model", answer.path("model"));
        failure.set("reply", answer.path("reply"));
        failure.set("options", answer.path("options"));
        return failure.toString();
    }

    void write() throws IOException {
        Files.createDirectories(FOLDER);
        Path understood = FOLDER.resolve(name + ".pred.jsonl");
        Path wrong = FOLDER.resolve(name + ".failures.jsonl");
        Files.write(understood, predictions);
        Files.write(wrong, failures);
        print("%s; %d failures in %s", understood, failures.size(), wrong);
    }
}

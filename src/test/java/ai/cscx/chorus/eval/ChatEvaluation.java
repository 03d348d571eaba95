package ai.cscx.chorus.eval;

import static ai.cscx.chorus.eval.SearchEvaluation.print;

import ai.cscx.chorus.bench.Product;
import ai.cscx.chorus.eval.ChatWorld.Reply;
import ai.cscx.chorus.eval.CommandSet.Conversation;
import ai.cscx.chorus.eval.CommandSet.Turn;
import ai.cscx.chorus.eval.DateSet.Days;
import ai.cscx.chorus.eval.DateSet.Phrase;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types the messages of sets into the product's chat, conversation by conversation, and prints how many were understood.
 * The product runs as a process of its own, its clock at noon UTC of the day that the labels are for; an LLM takes part if
 * the environment names one. Its log stays in {@code target/eval/product.log}.
 */
final class ChatEvaluation {
    private final ChatWorld world;
    private final List<String> rows = new ArrayList<>();

    private ChatEvaluation(ChatWorld world) {
        this.world = world;
    }

    static void run(ChatOptions options) throws Exception {
        List<CommandSet> commands = new ArrayList<>();
        for (Path file : options.commands()) {
            commands.add(CommandSet.read(file));
        }
        List<DateSet> dates = new ArrayList<>();
        for (Path file : options.dates()) {
            dates.add(DateSet.read(file));
        }
        Instant noon = Instant.parse(today(commands, dates) + "T12:00:00Z");
        Path data = ChatResults.FOLDER.resolve("product").toAbsolutePath();
        if (Files.exists(data)) {
            Product.deleteAll(data);
        }
        Files.createDirectories(data);
        try (Product product = new Product(data, options.heapMegabytes(), "-Dcscx.stopWithParent=true")
                        .with("CSCX_CLOCK", noon.toString());
                ChatWorld world = new ChatWorld(product)) {
            product.start();
            world.fill(options.calls(), noon);
            world.warmUp();
            Map<String, String> tasks = world.tasks();
            ChatEvaluation evaluation = new ChatEvaluation(world);
            for (CommandSet set : commands) {
                evaluation.commands(set);
            }
            for (DateSet set : dates) {
                evaluation.dates(set);
            }
            evaluation.rows.forEach(row -> print("%s", row));
            boolean same = tasks.equals(world.tasks());
            print(
                    "%n%s",
                    same ? "Nobody said yes, and no task was changed." : "TASKS WERE CHANGED, and nobody said yes.");
        } finally {
            Product.deleteAll(data);
        }
    }

    /** The one day that all labels are for. */
    private static String today(List<CommandSet> commands, List<DateSet> dates) {
        Set<String> days = new HashSet<>();
        commands.forEach(set -> set.conversations().forEach(each -> days.add(each.referenceDate())));
        dates.forEach(set -> set.phrases().forEach(each -> days.add(each.referenceDate())));
        if (days.size() != 1) {
            throw new IllegalArgumentException("The labels of one run must be for one day, these are for " + days
                    + "; evaluate the files one by one.");
        }
        return days.iterator().next();
    }

    private void commands(CommandSet set) throws Exception {
        print(
                "%n## %s: %d conversations, %d messages%n",
                set.name(), set.conversations().size(), set.turns());
        CommandScore score = new CommandScore();
        ChatLog log = new ChatLog();
        ChatResults results = new ChatResults(set.name());
        for (Conversation conversation : set.conversations()) {
            String id = null;
            for (int number = 0; number < conversation.turns().size(); number++) {
                Turn turn = conversation.turns().get(number);
                Reply reply = world.ask(conversation.asker(), turn.text(), id);
                id = reply.conversation() == null ? id : reply.conversation();
                log.add(reply, turn.intent());
                Understood understood = Understood.of(reply.answer());
                results.add(conversation, number, understood, score.add(conversation, number, understood), reply);
            }
        }
        score.lines().forEach(line -> print("%s", line));
        score.moreLines().forEach(line -> print("%s", line));
        log.lines().forEach(line -> print("%s", line));
        results.write();
        rows.add(
                "%n| set | messages | intent | exact | follow-ups | asked back, refused | wrong customer | p50 ms | p99 ms |%n|---|---|---|---|---|---|---|---|---|"
                        .formatted());
        rows.add(score.row(set.name()) + log.cells());
    }

    private void dates(DateSet set) throws Exception {
        print("%n## %s: %d phrases%n", set.name(), set.phrases().size());
        DateScore score = new DateScore();
        ChatLog log = new ChatLog();
        ChatResults results = new ChatResults(set.name());
        for (Phrase phrase : set.phrases()) {
            Reply reply = world.ask(world.anybody(), phrase.question(), null);
            log.add(reply, phrase.category());
            Days got = days(Understood.of(reply.answer()));
            results.add(phrase, got, score.add(phrase, got), reply);
        }
        score.lines().forEach(line -> print("%s", line));
        log.lines().forEach(line -> print("%s", line));
        results.write();
        rows.add("%n| set | phrases | right | p50 ms | p99 ms |%n|---|---|---|---|---|".formatted());
        rows.add(score.row(set.name()) + log.cells());
    }

    /** Null if the question was not taken for one about calls or renewals. */
    private static @Nullable Days days(Understood understood) {
        boolean asked = "list_calls".equals(understood.intent()) || "portfolio_overview".equals(understood.intent());
        JsonNode date = understood.slots().path("date");
        return asked ? new Days(date.path("from").asText(null), date.path("to").asText(null)) : null;
    }
}

package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Conversation;
import ai.cscx.chorus.agent.Turn;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.customer.Customers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Questions in plain words: a page of its own, and a panel beside every page. */
final class ChatPages {
    private static final int EARLIER = 30;
    private static final int LONGEST_LABEL = 80;

    private final Assistant assistant;
    private final Customers customers;
    private final Frames frames;
    private final Templates templates;

    ChatPages(Assistant assistant, Customers customers, Frames frames, Templates templates) {
        this.assistant = assistant;
        this.customers = customers;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param talk what is shown
     * @param earlier conversations, the latest first
     */
    record ChatPage(Frame frame, Talk talk, List<Earlier> earlier) {
        ChatPage {
            earlier = List.copyOf(earlier);
        }
    }

    /**
     * A conversation.
     *
     * @param conversation its id; blank = it has not begun
     * @param tries what one could begin with
     * @param problem why the last message was not answered; null = it was
     * @param message what was typed and not answered
     */
    record Talk(
            String formKey,
            String conversation,
            List<TurnView> turns,
            List<String> tries,
            @Nullable String problem,
            String message) {
        Talk {
            turns = List.copyOf(turns);
            tries = List.copyOf(tries);
        }
    }

    record Earlier(String id, String label, String when, boolean here) {}

    /** The answer to one message, added to a conversation that is shown. */
    record Said(String formKey, String conversation, TurnView turn) {}

    void addTo(Pages.Paths paths) {
        paths.get("/chat", visit -> show(visit, null, null, ""));
        paths.get("/chat/panel", this::panel);
        paths.get("/chat/{id}", visit -> show(visit, visit.path("id"), null, ""));
        paths.post("/chat", this::ask);
    }

    private void show(Visit visit, @Nullable String id, @Nullable String problem, String message) {
        Asker asker = visit.asker();
        Talk talk = talk(visit, id, problem, message);
        List<Conversation> all = assistant.conversations(asker, EARLIER);
        visit.html(templates.draw(
                "chat",
                new ChatPage(
                        frames.of(visit, "Chat", "chat"),
                        talk,
                        all.stream()
                                .map(one -> new Earlier(
                                        one.id(),
                                        label(one.question()),
                                        visit.reader().ago(one.at()),
                                        one.id().equals(id)))
                                .toList())));
    }

    private void panel(Visit visit) {
        String id = visit.query("conversation");
        Talk talk;
        try {
            talk = talk(visit, id, null, "");
        } catch (Failure.NotFound | Failure.Rejected gone) {
            // The browser remembers a conversation of somebody who was signed in before.
            talk = talk(visit, null, null, "");
        }
        visit.html(templates.draw("talk", talk));
    }

    private Talk talk(Visit visit, @Nullable String id, @Nullable String problem, String message) {
        Asker asker = visit.asker();
        List<Turn> turns = id == null
                ? List.of()
                : assistant.turns(
                        asker,
                        Visit.id(id, "There is no conversation with this id.").toString());
        List<TurnView> views = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            views.add(
                    TurnView.of(turns.get(i).message(), turns.get(i).answer(), visit.reader(), i == turns.size() - 1));
        }
        return new Talk(
                visit.session().formKey(),
                Objects.requireNonNullElse(id, ""),
                views,
                turns.isEmpty() ? tries(asker) : List.of(),
                problem,
                message);
    }

    private void ask(Visit visit) {
        String message = Objects.requireNonNullElse(visit.field("message"), "");
        String conversation = visit.field("conversation");
        Answer answer;
        try {
            answer = assistant.ask(visit.asker(), conversation, message);
        } catch (Failure.Rejected refused) {
            if (visit.isPart()) {
                throw refused;
            }
            visit.context().status(422);
            show(visit, conversation, refused.getMessage(), message);
            return;
        }
        if (visit.isPart()) {
            if ("page".equals(visit.field("in"))) {
                visit.context().header("HX-Push-Url", "/chat/" + answer.conversationId());
            }
            visit.html(templates.draw(
                    "said",
                    new Said(
                            visit.session().formKey(),
                            answer.conversationId(),
                            TurnView.of(message, answer, visit.reader(), true))));
        } else {
            visit.goTo("/chat/" + answer.conversationId() + "#" + answer.messageId());
        }
    }

    /** With a customer of the asker's, so that trying leads somewhere. */
    private List<String> tries(Asker asker) {
        List<Customer> visible = customers.visible(asker);
        List<String> tries = new ArrayList<>();
        if (!visible.isEmpty()) {
            // The same one for the same person: a suggestion that changes with every look is restless.
            Random steady = new Random(asker.id().hashCode());
            String name = visible.get(steady.nextInt(visible.size())).name();
            tries.add("Show Chorus calls for " + name);
            tries.add("What action items from " + name + " calls?");
        }
        tries.add("Who talked about pricing last month?");
        tries.add("What can you do?");
        return tries;
    }

    private static String label(String question) {
        return question.length() <= LONGEST_LABEL ? question : question.substring(0, LONGEST_LABEL - 1) + "…";
    }
}

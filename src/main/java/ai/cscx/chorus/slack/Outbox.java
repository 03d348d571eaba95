package ai.cscx.chorus.slack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends answers to where they belong. Thread-safe. */
final class Outbox {
    /** Slack takes five answers to one click or command. */
    private static final int MOST_RESPONSES = 5;
    /** A part of its own beside those of the answer. */
    private static final int PRIVATE_PARTS = 1000;

    private final WebApi api;
    private final Posts posts;

    Outbox(WebApi api, Posts posts) {
        this.api = api;
        this.posts = posts;
    }

    /** Says that something is being done, in the message that the answer will replace. */
    void thinking(Request request) {
        if (isInThread(request)) {
            posts.post(request.id(), 0, request.channel(), request.replyTo(), Message.of(Phrases.THINKING));
        }
    }

    /** To everybody in the thread. The first part replaces what {@link #thinking} said. */
    void toAll(Request request, List<Message> messages) {
        if (!isInThread(request)) {
            toAsker(request, messages);
            return;
        }
        for (int part = 0; part < messages.size(); part++) {
            Message message = messages.get(part);
            String ts = posts.post(request.id(), part, request.channel(), request.replyTo(), message);
            if (part == 0) {
                api.update(request.channel(), ts, message);
            }
        }
    }

    /** To everybody in the thread, as new messages. */
    void anew(Request request, List<Message> messages) {
        for (int part = 0; part < messages.size(); part++) {
            posts.post(request.id(), part, request.channel(), request.replyTo(), messages.get(part));
        }
    }

    /** To who asked alone. What stood in the thread meanwhile then says so. */
    void privately(Request request, List<Message> messages) {
        toAsker(request, messages);
        if (isInThread(request)) {
            toAll(request, List.of(Message.of(Phrases.PRIVATELY)));
        }
    }

    /** To who asked alone. */
    void toAsker(Request request, List<Message> messages) {
        String responseUrl = request.responseUrl();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            boolean first = i == 0;
            boolean respond = responseUrl != null
                    && (!isInThread(request) || request.kind() == Kind.COMMAND)
                    && i < MOST_RESPONSES;
            posts.once(request.id(), PRIVATE_PARTS + i, () -> {
                if (respond) {
                    respond(request, responseUrl, message, first && request.kind() == Kind.COMMAND);
                } else if (request.replyTo() == null || Audience.isDirect(request.channel())) {
                    direct(request, message);
                } else {
                    api.postEphemeral(request.channel(), request.replyTo(), request.slackUser(), message);
                }
            });
        }
    }

    /** The address that came with a click is good for half an hour. After that a direct message has to do. */
    private void respond(Request request, @Nullable String responseUrl, Message message, boolean replace) {
        try {
            if (responseUrl != null) {
                api.respond(responseUrl, message, replace);
            }
        } catch (SlackRefusal over) {
            direct(request, message);
        }
    }

    private void direct(Request request, Message message) {
        // A command may be used where two people talk, and there we are not.
        if (Audience.isDirect(request.channel()) && isInThread(request)) {
            api.post(request.channel(), request.replyTo(), message, null);
        } else {
            api.post(request.slackUser(), null, message, null);
        }
    }

    private static boolean isInThread(Request request) {
        return request.replyTo() != null && request.kind() != Kind.COMMAND;
    }
}

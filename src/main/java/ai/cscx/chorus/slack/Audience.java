package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Role;
import com.slack.api.model.Conversation;
import java.util.List;
import java.util.Optional;

/**
 * Who reads along in a channel. An answer is shown to all of it only if everybody there may see whatever the asker may see;
 * in doubt it is not. Members are those of the moment: who is invited to a private channel later reads what stands there.
 * Thread-safe.
 */
final class Audience {
    /** Larger channels are never looked through. */
    private static final int MOST_MEMBERS = 50;

    private final WebApi api;
    private final Members members;

    Audience(WebApi api, Members members) {
        this.api = api;
        this.members = members;
    }

    /** Whether somebody in the channel may not see everything that the asker may see. */
    boolean isWiderThan(Asker asker, String team, String channel) {
        if (isDirect(channel)) {
            return false;
        }
        try {
            Conversation conversation = api.channel(channel);
            if (conversation.isIm()) {
                return false;
            }
            boolean closed = conversation.isPrivate() || conversation.isMpim() || conversation.isGroup();
            boolean shared = conversation.isShared() || conversation.isExtShared() || conversation.isPendingExtShared();
            if (!closed || shared) {
                return true;
            }
            Optional<List<String>> readers = api.members(channel, MOST_MEMBERS);
            if (readers.isEmpty()) {
                return true;
            }
            String self = api.self();
            for (String reader : readers.get()) {
                if (!reader.equals(self)
                        && members.asker(team, reader)
                                .filter(known -> covers(known, asker))
                                .isEmpty()) {
                    return true;
                }
            }
            return false;
        } catch (SlackRefusal notTold) {
            // We may not look who is there, so we don't know.
            return true;
        }
    }

    /** Slack's ids of direct messages with one person begin so. */
    static boolean isDirect(String channel) {
        return channel.startsWith("D");
    }

    /** Whether the reader may see all that the asker may see, whatever the customers are. */
    static boolean covers(Asker reader, Asker asker) {
        if (reader.id().equals(asker.id()) || reader.role() == Role.ADMIN) {
            return true;
        }
        return switch (reader.role()) {
            case ADMIN -> true;
            case CSM, SERVICE -> false;
            case LEADER ->
                reader.team() == null
                        ? asker.role() != Role.ADMIN
                        : asker.role() != Role.ADMIN && reader.team().equals(asker.team());
        };
    }
}

package ai.cscx.chorus.agent;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a model again, twice at most, when it has too much to do (429) or broke (5xx): asking again may help then. A wrong
 * key or request stays wrong, and after a time-out the asker has waited long enough.
 */
final class Retrying implements ChatModel {
    static final Pause PAUSE = wait -> LockSupport.parkNanos(wait.toNanos());
    private static final int MOST_RETRIES = 2;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final ChatModel model;
    private final Pause pause;

    /** Lets the time pass. */
    interface Pause {
        void pause(Duration wait);
    }

    Retrying(ChatModel model, Pause pause) {
        this.model = model;
        this.pause = pause;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        for (int retries = 0; ; retries++) {
            try {
                return model.chat(request);
            } catch (RateLimitException | InternalServerException overloaded) {
                if (retries == MOST_RETRIES) {
                    throw overloaded;
                }
                pause.pause(FIRST_WAIT.multipliedBy(1L << (2 * retries)));
            }
        }
    }
}

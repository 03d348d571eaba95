package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.Failure;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A language model behind an OpenAI-compatible address. Its constructor sends nothing. Thread-safe. */
public final class LanguageModel {
    private static final String NO_KEY = "none";

    private final String name;
    private final ChatModel model;

    /**
     * @param apiKey may be null where {@code baseUrl} names a server of one's own
     * @param baseUrl up to and with {@code /v1}; null is OpenAI's own
     * @param timeout of one request
     */
    public record Settings(
            @Nullable String apiKey, @Nullable String baseUrl, String model, Duration timeout) {
        public static final Duration TIMEOUT = Duration.ofSeconds(30);

        public Settings {
            apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
            baseUrl = baseUrl == null || baseUrl.isBlank() ? null : baseUrl.strip();
            if (apiKey == null && baseUrl == null) {
                throw new Failure.Rejected(
                        "A language model needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server without one.");
            }
            if (model.isBlank()) {
                throw new Failure.Rejected("A language model needs its name in OPENAI_MODEL.");
            }
        }

        @Override
        public String toString() {
            return "Settings[model=" + model + "]";
        }
    }

    public LanguageModel(Settings settings) {
        this(settings, Retrying.PAUSE);
    }

    LanguageModel(Settings settings, Retrying.Pause pause) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .apiKey(settings.apiKey() == null ? NO_KEY : settings.apiKey())
                .modelName(settings.model())
                .temperature(0.0)
                .timeout(settings.timeout())
                .maxRetries(0);
        if (settings.baseUrl() != null) {
            builder.baseUrl(settings.baseUrl());
        }
        this.name = settings.model();
        this.model = new Retrying(builder.build(), pause);
    }

    /** The name by which answers of this model are marked. */
    public String name() {
        return name;
    }

    ChatModel model() {
        return model;
    }
}

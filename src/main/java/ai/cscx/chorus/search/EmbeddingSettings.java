package ai.cscx.chorus.search;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where vectors of passages and questions come from. */
public sealed interface EmbeddingSettings {

    /** From nowhere: words alone are searched. */
    record Off() implements EmbeddingSettings {}

    /**
     * From a small model in this process (all-MiniLM-L6-v2, English).
     *
     * @param threads how many texts of a batch are worked on at once; a single text is worked on by who asks
     * @param cache holds its native library; made when the model is loaded
     */
    record MiniLm(int threads, Path cache) implements EmbeddingSettings {
        public MiniLm {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be positive");
            }
        }
    }

    /**
     * From a server that speaks OpenAI's API.
     *
     * @param baseUrl up to and with {@code /v1}
     * @param apiKey null where a server of one's own wants none
     */
    record OpenAiCompatible(URI baseUrl, @Nullable String apiKey, String model, int dimensions)
            implements EmbeddingSettings {
        public OpenAiCompatible {
            if (model.isBlank() || dimensions < 1) {
                throw new IllegalArgumentException("model and dimensions are required");
            }
        }

        @Override
        public String toString() {
            return "OpenAiCompatible[" + baseUrl.getHost() + ", " + model + ", " + dimensions + "]";
        }
    }
}

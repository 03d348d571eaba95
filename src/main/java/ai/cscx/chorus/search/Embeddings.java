package ai.cscx.chorus.search;

import org.jspecify.annotations.Nullable;

/** Makes the embedder that is configured. */
public final class Embeddings {
    private Embeddings() {}

    /** Loads and sends nothing yet; null = off. */
    public static @Nullable Embedder open(EmbeddingSettings settings) {
        return switch (settings) {
            case EmbeddingSettings.Off off -> null;
            case EmbeddingSettings.MiniLm miniLm -> new MiniLmEmbedder(miniLm);
            case EmbeddingSettings.OpenAiCompatible server -> new OpenAiEmbedder(server);
        };
    }
}

package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An embedding model behind an OpenAI-compatible address. Asks again, twice at most, after 429 and 5xx; a time-out is
 * told at once. Answers of the server are never quoted: they may repeat what was sent.
 */
final class OpenAiEmbedder implements Embedder {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final int MOST_RETRIES = 2;
    /** The least that servers in use take at once. */
    private static final int MOST_TEXTS = 32;

    private static final String NO_KEY = "none";
    private static final String SIZED_BY_REQUEST = "text-embedding-3-";

    private final EmbeddingSettings.OpenAiCompatible settings;
    private final EmbeddingModel model;
    private final Pause pause;

    /** Lets the time pass. */
    interface Pause {
        void pause(Duration wait);
    }

    OpenAiEmbedder(EmbeddingSettings.OpenAiCompatible settings) {
        this(settings, TIMEOUT, wait -> LockSupport.parkNanos(wait.toNanos()));
    }

    OpenAiEmbedder(EmbeddingSettings.OpenAiCompatible settings, Duration timeout, Pause pause) {
        this.settings = settings;
        this.pause = pause;
        OpenAiEmbeddingModel.OpenAiEmbeddingModelBuilder builder = OpenAiEmbeddingModel.builder()
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.apiKey() == null ? NO_KEY : settings.apiKey())
                .modelName(settings.model())
                .timeout(timeout)
                .maxSegmentsPerBatch(MOST_TEXTS)
                // Its own retries log the server's answer.
                .maxRetries(0);
        if (settings.model().startsWith(SIZED_BY_REQUEST)) {
            // Others have one size, and some servers refuse to be told.
            builder.dimensions(settings.dimensions());
        }
        this.model = builder.build();
    }

    @Override
    public int dimensions() {
        return settings.dimensions();
    }

    @Override
    public String name() {
        return settings.model() + "/" + settings.dimensions();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        List<Embedding> embeddings =
                ask(EmbeddableText.all(texts).stream().map(TextSegment::from).toList());
        if (embeddings.size() != texts.size()) {
            throw unusable("another number of vectors than of texts");
        }
        return embeddings.stream().map(this::normalized).toList();
    }

    @Override
    public void close() {
        // Its connections belong to the JDK and end with the last reference.
    }

    private List<Embedding> ask(List<TextSegment> segments) {
        for (int retries = 0; ; retries++) {
            try {
                return model.embedAll(segments).content();
            } catch (RateLimitException | InternalServerException overloaded) {
                if (retries == MOST_RETRIES) {
                    throw unavailable("is overloaded or broken; it will be asked again later", overloaded);
                }
                pause.pause(FIRST_WAIT.multipliedBy(1L << (2 * retries)));
            } catch (AuthenticationException refused) {
                throw unavailable("refuses the key; check CSCX_EMBEDDINGS_KEY or OPENAI_API_KEY", refused);
            } catch (ModelNotFoundException unknown) {
                throw unavailable("does not know the model; check CSCX_EMBEDDINGS_URL and _MODEL", unknown);
            } catch (InvalidRequestException refused) {
                throw unavailable("refuses the request; check CSCX_EMBEDDINGS_MODEL and _DIMENSIONS", refused);
            } catch (RuntimeException failed) {
                throw unavailable("does not answer as expected; check CSCX_EMBEDDINGS_URL", failed);
            }
        }
    }

    private float[] normalized(Embedding embedding) {
        float[] vector = embedding.vector();
        if (vector.length != settings.dimensions()) {
            throw unusable("vectors of " + vector.length + " numbers, not " + settings.dimensions()
                    + "; set CSCX_EMBEDDINGS_DIMENSIONS=" + vector.length);
        }
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        if (!Double.isFinite(length) || length == 0) {
            throw unusable("a vector without a direction");
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /** Without its cause, whose message is the server's answer. */
    private Failure.Unavailable unavailable(String what, RuntimeException cause) {
        return new Failure.Unavailable(
                "The embedding server " + settings.baseUrl().getHost() + " " + what + " ("
                        + cause.getClass().getSimpleName() + ").");
    }

    private Failure.Unavailable unusable(String what) {
        return new Failure.Unavailable(
                "The embedding server " + settings.baseUrl().getHost() + " answers with " + what + ".");
    }
}

package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** all-MiniLM-L6-v2, quantized to 8 bits, in this process; loaded when the first text is embedded. */
final class MiniLmEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(MiniLmEmbedder.class);
    private static final String NAME = "all-minilm-l6-v2-q";
    private static final int DIMENSIONS = 384;

    private final EmbeddingSettings.MiniLm settings;
    private final Object loading = new Object();
    /** Whoever embeds holds the reading side: a native session must not go while it computes. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile @Nullable Loaded loaded;
    private @Nullable String loadFailure;
    private boolean closed;

    MiniLmEmbedder(EmbeddingSettings.MiniLm settings) {
        this.settings = settings;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The embedding model is closed");
            }
            List<TextSegment> segments =
                    EmbeddableText.all(texts).stream().map(TextSegment::from).toList();
            return load().model.embedAll(segments).content().stream()
                    .map(Embedding::vector)
                    .toList();
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            closed = true;
            Loaded model = loaded;
            loaded = null;
            if (model != null) {
                model.pool.shutdownNow();
                model.pool.close();
                model.session.close();
            }
        } catch (OrtException failed) {
            LOG.warn("The embedding model did not close in order", failed);
        } finally {
            use.writeLock().unlock();
        }
    }

    private Loaded load() {
        Loaded ready = loaded;
        if (ready != null) {
            return ready;
        }
        synchronized (loading) {
            ready = loaded;
            if (ready == null) {
                ready = loadOnce();
                loaded = ready;
            }
            return ready;
        }
    }

    /** Native libraries that failed to load fail for good, so the first failure is told again. */
    private Loaded loadOnce() {
        if (loadFailure != null) {
            throw new Failure.Unavailable(loadFailure);
        }
        long begin = System.nanoTime();
        try {
            Loaded model = open();
            LOG.info("The embedding model {} is loaded after {} ms", NAME, (System.nanoTime() - begin) / 1_000_000);
            return model;
        } catch (IOException | OrtException | RuntimeException | LinkageError failed) {
            loadFailure = "The built-in embedding model cannot be loaded here, so search goes by words alone: see the"
                    + " log, or set CSCX_EMBEDDINGS to openai or off.";
            LOG.warn("The embedding model cannot be loaded from {}", settings.cache(), failed);
            throw new Failure.Unavailable(loadFailure, failed);
        }
    }

    private Loaded open() throws IOException, OrtException {
        keepToThisMachine(Files.createDirectories(settings.cache()));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // Its default is a pool of its own over all cores, whose idle threads spin.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(resource(NAME + ".onnx"), options);
        }
        OnnxBertBiEncoder encoder = new OnnxBertBiEncoder(
                environment, session, new ByteArrayInputStream(resource(NAME + "-tokenizer.json")), PoolingMode.MEAN);
        ExecutorService pool = Executors.newFixedThreadPool(
                settings.threads(),
                Thread.ofPlatform().daemon().name("embedding-", 1).factory());
        return new Loaded(new Model(pool, encoder), session, pool);
    }

    /** DJL's tokenizer asks a cloud's metadata service and writes to the home directory, unless told before it loads. */
    private static void keepToThisMachine(Path cache) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("DJL_CACHE_DIR", cache.toString());
        System.setProperty("ENGINE_CACHE_DIR", cache.toString());
        // It asks for graphics cards through JNA, which unpacks itself.
        System.setProperty("jna.tmpdir", cache.toString());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = MiniLmEmbedder.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new FileNotFoundException(name + " is not on the class path");
            }
            return stream.readAllBytes();
        }
    }

    private record Loaded(Model model, OrtSession session, ExecutorService pool) {}

    private static final class Model extends AbstractInProcessEmbeddingModel {
        private final OnnxBertBiEncoder encoder;

        Model(ExecutorService pool, OnnxBertBiEncoder encoder) {
            super(pool);
            this.encoder = encoder;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }
}

package ai.cscx.chorus.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MiniLmEmbedderIT {
    private static final EmbeddingSettings.MiniLm SETTINGS =
            new EmbeddingSettings.MiniLm(2, Path.of("target", "it-embeddings").toAbsolutePath());

    @TempDir
    Path temporary;

    @Test
    void whatMeansTheSame_liesCloserThanWhatDoesNot() {
        try (MiniLmEmbedder embedder = new MiniLmEmbedder(SETTINGS)) {
            List<float[]> vectors = embedder.embed(List.of(
                    "They complained that it costs too much.",
                    "The customer thinks the price is too high.",
                    "Single sign-on was set up last week.",
                    "\u0000"));

            assertThat(vectors).hasSize(4).allSatisfy(vector -> {
                assertThat(vector).hasSize(embedder.dimensions());
                assertThat(dot(vector, vector)).isEqualTo(1, offset(1e-5));
            });
            assertThat(dot(vectors.get(0), vectors.get(1))).isGreaterThan(dot(vectors.get(0), vectors.get(2)) + 0.2);
            assertThat(embedder.embed(List.of())).isEmpty();
        }
    }

    @Test
    void batchesOfSeveralThreads_giveEveryTextItsOwnVector() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add("Ticket number " + i + " about " + (i % 2 == 0 ? "invoices" : "logins"));
        }
        try (MiniLmEmbedder embedder = new MiniLmEmbedder(SETTINGS);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<float[]>>> batches =
                    threads.invokeAll(Collections.nCopies(3, () -> embedder.embed(texts)));
            for (Future<List<float[]>> batch : batches) {
                for (int i = 0; i < texts.size(); i += 13) {
                    assertThat(batch.get().get(i))
                            .isEqualTo(embedder.embed(List.of(texts.get(i))).getFirst());
                }
            }
        }
    }

    @Test
    void close_whileOthersEmbed_waitsAndEndsIt() throws Exception {
        MiniLmEmbedder embedder = new MiniLmEmbedder(SETTINGS);
        embedder.embed(List.of("loaded"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<float[]>> batch =
                    threads.submit(() -> embedder.embed(Collections.nCopies(20, "a long answer")));
            embedder.close();
            embedder.close();
            assertThat(outcome(batch)).isIn("20 vectors", "IllegalStateException");
        }
        assertThatThrownBy(() -> embedder.embed(List.of("late"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cacheThatCannotBeMade_isUnavailable_andSaysWhatToDo() throws IOException {
        Path below = Files.createFile(temporary.resolve("file")).resolve("cache");
        try (MiniLmEmbedder embedder = new MiniLmEmbedder(new EmbeddingSettings.MiniLm(1, below))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> embedder.embed(List.of("renewal")))
                        .isInstanceOf(Failure.Unavailable.class)
                        .hasMessageContaining("CSCX_EMBEDDINGS to openai or off");
            }
        }
    }

    @Test
    void model_contactsNobody_andWritesToItsCacheAlone() throws Exception {
        Path home = Files.createDirectory(temporary.resolve("home"));
        Path scratch = Files.createDirectory(temporary.resolve("scratch"));
        Path cache = temporary.resolve("cache");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Duser.home=" + home,
                        "-Djava.io.tmpdir=" + scratch,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MiniLmMain.class.getName(),
                        cache.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(process.inputReader().lines().toList()).contains("384 numbers, contacted []");
        assertThat(process.waitFor()).isZero();
        assertThat(home).isEmptyDirectory();
        assertThat(filesBelow(scratch)).isEmpty();
        assertThat(filesBelow(cache)).isNotEmpty();
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String outcome(Future<List<float[]>> batch) throws InterruptedException {
        try {
            return batch.get().size() + " vectors";
        } catch (ExecutionException failed) {
            return String.valueOf(failed.getCause()).contains("IllegalState") ? "IllegalStateException" : "" + failed;
        }
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}

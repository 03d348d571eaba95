package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.search.EmbeddingSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @Test
    void nothingSet_startsEverythingHere() {
        Config config = Config.read(Map.of());

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(7070);
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.external()).isNull();
        assertThat(config.demo()).isTrue();
        assertThat(config.adminToken()).isNull();
        assertThat(config.masterKey()).isNull();
        assertThat(config.webhookSecret()).isNull();
        assertThat(config.clockStart()).isNull();
        assertThat(config.backfill()).isEqualTo(Duration.ofDays(400));
        assertThat(config.pollEvery()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.workers()).isEqualTo(8);
        assertThat(config.llm()).isNull();
        assertThat(config.publicUrl()).isNull();
        assertThat(config.chorusPrivateNetwork()).isFalse();
        assertThat(config.embeddings())
                .isInstanceOfSatisfying(
                        EmbeddingSettings.MiniLm.class,
                        model -> assertThat(model.cache())
                                .isEqualTo(Path.of("data/cache/embeddings").toAbsolutePath()));
        assertThat(config.embeddingShare()).isEqualTo(0.25);
        assertThat(config.corsOrigins()).isEmpty();
    }

    @Test
    void corsOrigins_areReadAsBrowsersSendThem() {
        assertThat(Config.read(Map.of(
                                "CSCX_CORS_ORIGINS",
                                "https://App.example.com:443/, http://localhost:5173 ,https://b.example:8443"))
                        .corsOrigins())
                .containsExactlyInAnyOrder(
                        "https://app.example.com", "http://localhost:5173", "https://b.example:8443");
        for (String wrong :
                List.of("*", "https://*.example.com", "app.example.com", "https://a.example/path", "null")) {
            assertThat(problemsOf(Map.of("CSCX_CORS_ORIGINS", wrong))).as(wrong).hasSize(1);
        }
    }

    @Test
    void embeddingsOff_needNothing() {
        assertThat(Config.read(Map.of("CSCX_EMBEDDINGS", "off")).embeddings()).isEqualTo(new EmbeddingSettings.Off());
    }

    @Test
    void embeddingServer_isThatOfTheLlm_unlessAnotherIsNamed() {
        assertThat(Config.read(Map.of(
                                "CSCX_EMBEDDINGS", "openai",
                                "OPENAI_API_KEY", "sk-llm"))
                        .embeddings())
                .isEqualTo(new EmbeddingSettings.OpenAiCompatible(
                        URI.create("https://api.openai.com/v1"), "sk-llm", "text-embedding-3-small", 1536));
        assertThat(Config.read(Map.of(
                                "CSCX_EMBEDDINGS", "openai",
                                "OPENAI_API_KEY", "sk-llm",
                                "OPENAI_BASE_URL", "https://llm.example/v1",
                                "CSCX_EMBEDDINGS_URL", "http://vectors:8080/v1",
                                "CSCX_EMBEDDINGS_MODEL", "bge-m3",
                                "CSCX_EMBEDDINGS_DIMENSIONS", "1024"))
                        .embeddings())
                .as("the LLM's key goes to no other server")
                .isEqualTo(new EmbeddingSettings.OpenAiCompatible(
                        URI.create("http://vectors:8080/v1"), null, "bge-m3", 1024));
    }

    @Test
    void embeddings_wrong_areReported() {
        assertThat(problemsOf(Map.of(
                        "CSCX_EMBEDDINGS", "word2vec",
                        "CSCX_EMBEDDINGS_MODEL", "bge-m3",
                        "CSCX_EMBEDDING_SHARE", "25%")))
                .containsExactlyInAnyOrder("CSCX_EMBEDDINGS", "CSCX_EMBEDDINGS_MODEL", "CSCX_EMBEDDING_SHARE");
        assertThat(problemsOf(Map.of(
                        "CSCX_EMBEDDINGS", "openai",
                        "CSCX_EMBEDDINGS_DIMENSIONS", "0",
                        "CSCX_EMBEDDING_SHARE", "0")))
                .containsExactlyInAnyOrder("CSCX_EMBEDDINGS_KEY", "CSCX_EMBEDDINGS_DIMENSIONS", "CSCX_EMBEDDING_SHARE");
        assertThat(problemsOf(Map.of(
                        "CSCX_EMBEDDINGS", "openai",
                        "CSCX_EMBEDDINGS_URL", "vectors")))
                .containsExactly("CSCX_EMBEDDINGS_URL");
    }

    private static List<String> problemsOf(Map<String, String> environment) {
        return catchThrowableOfType(Failure.Rejected.class, () -> Config.read(environment)).problems().stream()
                .map(Failure.Rejected.Problem::pointer)
                .toList();
    }

    @Test
    void masterKeys_mayBeSeveral() {
        assertThat(Config.read(Map.of("CSCX_MASTER_KEY", KEY + "," + KEY)).masterKey())
                .isEqualTo(KEY + "," + KEY);
    }

    @Test
    void publicUrl_isHttps_exceptOnLoopback() {
        assertThat(Config.read(Map.of("CSCX_PUBLIC_URL", "https://cscx.example/"))
                        .publicUrl())
                .isEqualTo(URI.create("https://cscx.example"));
        assertThat(Config.read(Map.of("CSCX_PUBLIC_URL", "http://localhost:8080"))
                        .publicUrl())
                .isEqualTo(URI.create("http://localhost:8080"));
        for (String wrong : List.of("http://cscx.example", "https://me@cscx.example", "https://cscx.example?a=b")) {
            assertThatThrownBy(() -> Config.read(Map.of("CSCX_PUBLIC_URL", wrong)))
                    .isInstanceOf(Failure.Rejected.class);
        }
    }

    @Test
    void externalServers_endDemoModeAndListenEverywhere() {
        Config config = Config.read(Map.of(
                "DATABASE_URL", "postgres://cscx:s%40crt@db:5432/cscx",
                "OPENSEARCH_URL", "https://search:9200",
                "CSCX_MASTER_KEY", KEY));

        assertThat(config.demo()).isFalse();
        assertThat(config.host()).isEqualTo("0.0.0.0");
        Config.External external = Objects.requireNonNull(config.external());
        assertThat(external.database().jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/cscx");
        assertThat(external.database().password()).isEqualTo("s@crt");
    }

    @Test
    void everythingWrong_isReportedAtOnceAndWithoutValues() {
        Failure.Rejected wrong = catchThrowableOfType(
                Failure.Rejected.class,
                () -> Config.read(Map.of(
                        "CSCX_PORT", "70700",
                        "CSCX_HOST", "0.0.0.0",
                        "CSCX_DEMO", "yes please",
                        "CSCX_CLOCK", "noon",
                        "CSCX_MASTER_KEY", "c2hvcnQ=",
                        "CHORUS_WEBHOOK_SECRET", "hunter2",
                        "CSCX_ADMIN_TOKEN", "hunter2",
                        "DATABASE_URL", "mysql://root:topsecret@db/x",
                        "OPENAI_BASE_URL", "not a url")));

        assertThat(wrong.problems().stream().map(Failure.Rejected.Problem::pointer))
                .contains(
                        "CSCX_PORT",
                        "CSCX_DEMO",
                        "CSCX_CLOCK",
                        "CSCX_MASTER_KEY",
                        "CHORUS_WEBHOOK_SECRET",
                        "CSCX_ADMIN_TOKEN",
                        "DATABASE_URL",
                        "OPENSEARCH_URL",
                        "OPENAI_BASE_URL");
        assertThat(wrong.problems().toString())
                .doesNotContain("70700", "noon", "c2hvcnQ", "hunter2", "topsecret", "not a url");
    }

    @Test
    void demoMode_onAnyHostButLoopback_isRefused() {
        Failure.Rejected wrong =
                catchThrowableOfType(Failure.Rejected.class, () -> Config.read(Map.of("CSCX_HOST", "192.168.1.5")));

        assertThat(wrong.problems())
                .extracting(Failure.Rejected.Problem::pointer)
                .containsExactly("CSCX_HOST");
    }

    @Test
    void clock_isForEmbeddedServersOnly() {
        assertThat(Config.read(Map.of("CSCX_CLOCK", "2026-11-22T12:00:00Z")).clockStart())
                .isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        Failure.Rejected wrong = catchThrowableOfType(
                Failure.Rejected.class,
                () -> Config.read(Map.of(
                        "CSCX_CLOCK", "2026-11-22T12:00:00Z",
                        "DATABASE_URL", "postgres://db/cscx",
                        "OPENSEARCH_URL", "http://search:9200",
                        "CSCX_MASTER_KEY", KEY)));
        assertThat(wrong.problems())
                .extracting(Failure.Rejected.Problem::pointer)
                .containsExactly("CSCX_CLOCK");
    }

    @Test
    void config_printed_holdsNoSecret() {
        Config config = Config.read(Map.of(
                "DATABASE_URL", "postgres://cscx:dbsecret@db:5432/cscx?password=dbsecret",
                "OPENSEARCH_URL", "https://os:ossecret@search:9200",
                "CSCX_MASTER_KEY", KEY,
                "CSCX_ADMIN_TOKEN", "admintoken-admintoken",
                "CHORUS_WEBHOOK_SECRET", "webhooksecret-webhook",
                "OPENAI_API_KEY", "sk-llmsecret",
                "CSCX_EMBEDDINGS", "openai"));

        assertThat(config.toString())
                .doesNotContain("dbsecret", "ossecret", KEY, "admintoken", "webhooksecret", "llmsecret")
                .contains("db:5432");
    }

    @Test
    void readme_hasATableOfEverySetting() throws IOException {
        List<String> expected = Arrays.stream(Setting.values())
                .map(setting -> "| `" + setting.name() + "` | " + setting.standard() + " | " + setting.meaning() + " |")
                .toList();

        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                .toList();

        assertThat(rows).isEqualTo(expected);
    }
}

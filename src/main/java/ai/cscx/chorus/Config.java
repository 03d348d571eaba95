package ai.cscx.chorus;

import ai.cscx.chorus.access.SignInProvider;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.customer.MatchingDomains;
import ai.cscx.chorus.search.EmbeddingSettings;
import ai.cscx.chorus.slack.SlackSettings;
import ai.cscx.chorus.store.PostgresUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How this instance is set up, read from environment variables once. Everything wrong is reported at once, by variable
 * name and never with its value. {@link #toString} holds no secrets.
 *
 * @param external the servers to use; null = start them on this machine
 * @param demo simulated Chorus and demo tokens
 * @param webhookSecret null = webhooks are refused
 * @param clockStart where the clock starts; null = the system's clock
 * @param llm null = commands only
 * @param publicUrl where browsers reach this server; null = where it listens
 * @param chorusPrivateNetwork whether Chorus and its sign-in may lie in a private network
 * @param embeddingShare of all cores, for embedding in the background: over 0, at most 1
 * @param corsOrigins of pages that may call from a browser, as browsers send them
 * @param signIn whose tokens are taken beside ours; null = nobody's
 * @param slack without a signing secret nothing is taken from Slack, without a bot token nothing sent to it
 */
record Config(
        String host,
        int port,
        Path dataDirectory,
        @Nullable External external,
        boolean demo,
        @Nullable String adminToken,
        @Nullable String masterKey,
        @Nullable String webhookSecret,
        @Nullable Instant clockStart,
        Duration backfill,
        Duration pollEvery,
        int requestsPerMinute,
        int workers,
        MatchingDomains matchingDomains,
        Path promptsDirectory,
        @Nullable Llm llm,
        @Nullable URI publicUrl,
        boolean chorusPrivateNetwork,
        EmbeddingSettings embeddings,
        double embeddingShare,
        Set<String> corsOrigins,
        SignInProvider.@Nullable Settings signIn,
        SlackSettings slack) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final int SHORTEST_TOKEN = 16;
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final List<Setting> EMBEDDING_SERVER = List.of(
            Setting.CSCX_EMBEDDINGS_URL,
            Setting.CSCX_EMBEDDINGS_KEY,
            Setting.CSCX_EMBEDDINGS_MODEL,
            Setting.CSCX_EMBEDDINGS_DIMENSIONS);

    /** Servers that somebody else runs. */
    record External(PostgresUrl database, URI openSearch) {
        @Override
        public String toString() {
            return "External[" + database + ", " + openSearch.getHost() + "]";
        }
    }

    record Llm(@Nullable String apiKey, @Nullable String baseUrl, String model) {
        @Override
        public String toString() {
            return "Llm[" + model + "]";
        }
    }

    boolean onLoopback() {
        return LOOPBACK.contains(host);
    }

    @Override
    public String toString() {
        return "Config[host=%s, port=%d, data=%s, external=%s, demo=%s, llm=%s, embeddings=%s]"
                .formatted(host, port, dataDirectory, external, demo, llm, embeddings);
    }

    /**
     * @throws Failure.Rejected naming every variable that is wrong, and how
     */
    static Config read(Map<String, String> environment) {
        Reader reader = new Reader(environment);
        PostgresUrl database = reader.parsed(Setting.DATABASE_URL, PostgresUrl::parse);
        URI openSearch = reader.parsed(Setting.OPENSEARCH_URL, Config::httpUrl);
        boolean databaseSet = reader.isSet(Setting.DATABASE_URL);
        if (databaseSet != reader.isSet(Setting.OPENSEARCH_URL)) {
            Setting missing = databaseSet ? Setting.OPENSEARCH_URL : Setting.DATABASE_URL;
            reader.problem(missing, "is missing: set both servers, or none and both are started here");
        }
        External external = database == null || openSearch == null ? null : new External(database, openSearch);
        String host = reader.text(Setting.CSCX_HOST, databaseSet ? "0.0.0.0" : "127.0.0.1");
        boolean demo = reader.flag(Setting.CSCX_DEMO, !databaseSet);
        if (demo && databaseSet) {
            reader.problem(Setting.CSCX_DEMO, "is for the embedded servers only; leave it out or set false");
        }
        if (demo && !databaseSet && !LOOPBACK.contains(host)) {
            reader.problem(
                    Setting.CSCX_HOST,
                    "is not loopback: everybody knows the demo tokens; set CSCX_DEMO=false to listen there");
        }
        String adminToken = reader.text(Setting.CSCX_ADMIN_TOKEN, null);
        if (adminToken != null && adminToken.length() < SHORTEST_TOKEN) {
            reader.problem(Setting.CSCX_ADMIN_TOKEN, "is too easy to guess; at least 16 characters");
        }
        String masterKey = reader.text(Setting.CSCX_MASTER_KEY, null);
        if (masterKey != null) {
            reader.parsed(Setting.CSCX_MASTER_KEY, Vault::of);
        } else if (databaseSet) {
            reader.problem(Setting.CSCX_MASTER_KEY, "is missing; make one with: openssl rand -base64 32");
        }
        String webhookSecret = reader.text(Setting.CHORUS_WEBHOOK_SECRET, null);
        if (webhookSecret != null && webhookSecret.length() < SHORTEST_TOKEN) {
            reader.problem(Setting.CHORUS_WEBHOOK_SECRET, "is too easy to guess; at least 16 characters");
        }
        Instant clockStart = reader.parsed(Setting.CSCX_CLOCK, Config::instant);
        if (clockStart != null && databaseSet) {
            reader.problem(Setting.CSCX_CLOCK, "is for evaluations on the embedded servers only");
        }
        String apiKey = reader.text(Setting.OPENAI_API_KEY, null);
        URI llmUrl = reader.parsed(Setting.OPENAI_BASE_URL, Config::httpUrl);
        String model = reader.text(Setting.OPENAI_MODEL, "gpt-4.1-mini");
        Llm llm = apiKey == null && llmUrl == null
                ? null
                : new Llm(apiKey, llmUrl == null ? null : llmUrl.toString(), String.valueOf(model));
        String logFormat = reader.text(Setting.CSCX_LOG_FORMAT, "text");
        if (!Set.of("text", "json").contains(String.valueOf(logFormat))) {
            reader.problem(Setting.CSCX_LOG_FORMAT, "is text or json");
        }
        Path dataDirectory = reader.path(Setting.CSCX_DATA_DIR, "data");
        double embeddingShare = reader.share(Setting.CSCX_EMBEDDING_SHARE, 0.25);
        Config config = new Config(
                String.valueOf(host),
                reader.number(Setting.CSCX_PORT, 7070, 0, 65_535),
                dataDirectory,
                external,
                demo,
                adminToken,
                masterKey,
                webhookSecret,
                clockStart,
                Duration.ofDays(reader.number(Setting.CSCX_BACKFILL_DAYS, 400, 1, 3650)),
                Duration.ofMinutes(reader.number(Setting.CSCX_POLL_MINUTES, 10, 1, 1440)),
                reader.number(Setting.CSCX_CHORUS_REQUESTS_PER_MINUTE, 10, 1, 6000),
                reader.number(Setting.CSCX_WORKERS, 8, 0, 64),
                new MatchingDomains(
                        domains(reader, Setting.CSCX_OWN_DOMAINS), domains(reader, Setting.CSCX_PARTNER_DOMAINS)),
                reader.path(Setting.CSCX_PROMPTS_DIR, "prompts"),
                llm,
                reader.parsed(Setting.CSCX_PUBLIC_URL, Config::publicUrl),
                reader.flag(Setting.CSCX_CHORUS_PRIVATE_NETWORK, false),
                embeddings(reader, dataDirectory, embeddingShare, apiKey, llmUrl),
                embeddingShare,
                origins(reader),
                signIn(reader),
                slack(reader));
        reader.finish();
        return config;
    }

    private static SlackSettings slack(Reader reader) {
        URI apiUrl = reader.parsed(Setting.SLACK_API_URL, Config::httpUrl);
        if (apiUrl != null && !"https".equals(apiUrl.getScheme()) && !LOOPBACK.contains(apiUrl.getHost())) {
            reader.problem(Setting.SLACK_API_URL, "is https, or lies on this machine: the bot token goes there");
        }
        return new SlackSettings(
                reader.text(Setting.SLACK_SIGNING_SECRET, null), reader.text(Setting.SLACK_BOT_TOKEN, null), apiUrl);
    }

    private static EmbeddingSettings embeddings(
            Reader reader, Path dataDirectory, double share, @Nullable String llmKey, @Nullable URI llmUrl) {
        String kind = String.valueOf(reader.text(Setting.CSCX_EMBEDDINGS, "minilm"));
        if (kind.equals("openai")) {
            return embeddingServer(reader, llmKey, llmUrl);
        }
        for (Setting setting : EMBEDDING_SERVER) {
            if (reader.isSet(setting)) {
                reader.problem(setting, "is for CSCX_EMBEDDINGS=openai only; set that or leave it out");
            }
        }
        if (kind.equals("minilm")) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new EmbeddingSettings.MiniLm(
                    Math.max(1, (int) Math.round(cores * share)),
                    dataDirectory.resolve("cache").resolve("embeddings"));
        }
        if (!kind.equals("off")) {
            reader.problem(Setting.CSCX_EMBEDDINGS, "is minilm, openai or off");
        }
        return new EmbeddingSettings.Off();
    }

    private static EmbeddingSettings embeddingServer(Reader reader, @Nullable String llmKey, @Nullable URI llmUrl) {
        boolean ownServer = reader.isSet(Setting.CSCX_EMBEDDINGS_URL);
        URI ownUrl = reader.parsed(Setting.CSCX_EMBEDDINGS_URL, Config::httpUrl);
        // The LLM's key goes to the LLM's server and to no other.
        String key = reader.text(Setting.CSCX_EMBEDDINGS_KEY, ownServer ? null : llmKey);
        if (key == null && !ownServer && llmUrl == null) {
            reader.problem(
                    Setting.CSCX_EMBEDDINGS_KEY, "is missing: set it, or CSCX_EMBEDDINGS_URL for a server without one");
        }
        URI url = ownUrl != null ? ownUrl : llmUrl != null ? llmUrl : OPENAI;
        String model = reader.text(Setting.CSCX_EMBEDDINGS_MODEL, "text-embedding-3-small");
        int dimensions = reader.number(Setting.CSCX_EMBEDDINGS_DIMENSIONS, 1536, 1, 4096);
        return new EmbeddingSettings.OpenAiCompatible(url, key, String.valueOf(model), dimensions);
    }

    private static SignInProvider.@Nullable Settings signIn(Reader reader) {
        URI issuer = reader.parsed(Setting.OIDC_ISSUER, Config::issuer);
        String named = reader.text(Setting.OIDC_AUDIENCE, null);
        URI here = reader.isSet(Setting.CSCX_PUBLIC_URL)
                ? reader.parsed(Setting.CSCX_PUBLIC_URL, Config::publicUrl)
                : null;
        if (issuer == null) {
            if (named != null && !reader.isSet(Setting.OIDC_ISSUER)) {
                reader.problem(Setting.OIDC_AUDIENCE, "is for OIDC_ISSUER only; set that or leave it out");
            }
            return null;
        }
        Set<String> audiences = named != null
                ? Arrays.stream(named.split(","))
                        .map(String::strip)
                        .filter(audience -> !audience.isEmpty())
                        .collect(Collectors.toUnmodifiableSet())
                : here == null ? Set.of() : Set.of(here.toString(), here + "/mcp");
        if (audiences.isEmpty()) {
            reader.problem(Setting.OIDC_AUDIENCE, "is missing: set it, or CSCX_PUBLIC_URL");
            return null;
        }
        return new SignInProvider.Settings(issuer, audiences);
    }

    /** As it names itself, so not a letter is changed. */
    private static URI issuer(String text) {
        publicUrl(text);
        return URI.create(text);
    }

    private static Set<String> origins(Reader reader) {
        Set<String> origins = reader.parsed(
                Setting.CSCX_CORS_ORIGINS,
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .map(Config::origin)
                        .collect(Collectors.toUnmodifiableSet()));
        return origins == null ? Set.of() : origins;
    }

    /** As browsers write it: in lower case, without the scheme's own port and without a path. */
    private static String origin(String text) {
        URI uri = text.equals("*") ? null : publicUrl(text);
        if (uri == null || !uri.getRawPath().isEmpty()) {
            throw new Failure.Rejected(
                    "names origins such as https://app.example.com, each by itself and without a path");
        }
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT);
    }

    private static Set<String> domains(Reader reader, Setting setting) {
        Set<String> domains = reader.parsed(setting, MatchingDomains::parse);
        return domains == null ? Set.of() : domains;
    }

    private static URI httpUrl(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException unreadable) {
            throw new Failure.Rejected("is no URL; write it as https://host:port");
        }
        throw new Failure.Rejected("is no http or https URL; write it as https://host:port");
    }

    private static URI publicUrl(String text) {
        URI uri = httpUrl(text.replaceAll("/+$", ""));
        boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!bare || !("https".equals(uri.getScheme()) || LOOPBACK.contains(uri.getHost()))) {
            throw new Failure.Rejected("is https://host, without user, query or fragment");
        }
        return uri;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw new Failure.Rejected("is no instant; write it like 2026-11-22T12:00:00Z");
        }
    }

    /** Reads variables and collects what is wrong with them. An empty variable counts as not set. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<Problem> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        boolean isSet(Setting setting) {
            return !environment.getOrDefault(setting.name(), "").isBlank();
        }

        @Nullable
        String text(Setting setting, @Nullable String standard) {
            return isSet(setting) ? environment.getOrDefault(setting.name(), "").strip() : standard;
        }

        <T> @Nullable T parsed(Setting setting, Function<String, T> parser) {
            String text = text(setting, null);
            if (text == null) {
                return null;
            }
            try {
                return parser.apply(text);
            } catch (Failure.Rejected wrong) {
                problem(setting, String.valueOf(wrong.getMessage()));
                return null;
            }
        }

        int number(Setting setting, int standard, int least, int most) {
            String text = text(setting, null);
            if (text == null) {
                return standard;
            }
            if (text.matches("\\d{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            problem(setting, "is a whole number from " + least + " to " + most);
            return standard;
        }

        /** Over 0, at most 1. */
        double share(Setting setting, double standard) {
            String text = text(setting, null);
            if (text == null) {
                return standard;
            }
            if (text.matches("[01]|[01]?\\.\\d{1,6}")) {
                double share = Double.parseDouble(text);
                if (share > 0 && share <= 1) {
                    return share;
                }
            }
            problem(setting, "is a number over 0 and at most 1, such as 0.25");
            return standard;
        }

        boolean flag(Setting setting, boolean standard) {
            String text = text(setting, null);
            if (text == null) {
                return standard;
            }
            if (!text.equals("true") && !text.equals("false")) {
                problem(setting, "is true or false");
            }
            return text.equals("true");
        }

        Path path(Setting setting, String standard) {
            String text = isSet(setting) ? environment.getOrDefault(setting.name(), standard) : standard;
            try {
                return Path.of(text).toAbsolutePath().normalize();
            } catch (InvalidPathException unreadable) {
                problem(setting, "is no path");
                return Path.of(standard);
            }
        }

        void problem(Setting setting, String detail) {
            problems.add(new Problem(setting.name(), detail));
        }

        void finish() {
            if (!problems.isEmpty()) {
                throw new Failure.Rejected("The configuration is wrong.", problems);
            }
        }
    }
}

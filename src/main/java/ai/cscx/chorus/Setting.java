package ai.cscx.chorus;

/** Every environment variable that is read, for the configuration, the README's table and error messages. */
enum Setting {
    CSCX_PORT("7070", "Port of the web server."),
    CSCX_HOST(
            "127.0.0.1; 0.0.0.0 with DATABASE_URL",
            "Address the web server listens at. Demo mode takes loopback only."),
    CSCX_DATA_DIR("./data", "Where the embedded servers keep their data and the key file lies."),
    CSCX_PUBLIC_URL(
            "where it listens",
            "Where browsers reach this server, such as https://cscx.example.com; OAuth comes back there."),
    DATABASE_URL("embedded", "PostgreSQL, as postgres://user:password@host:5432/database. Goes with OPENSEARCH_URL."),
    OPENSEARCH_URL("embedded", "OpenSearch, as https://user:password@host:9200. Goes with DATABASE_URL."),
    CSCX_DEMO(
            "true while nothing external is configured",
            "Simulated Chorus, made-up customers and the tokens demo-admin, demo-leader, demo-csm, demo-csm-2."),
    CSCX_ADMIN_TOKEN("none", "Token of the first admin, at least 16 characters; makes people and their tokens."),
    CSCX_MASTER_KEY(
            "a 0600 file in CSCX_DATA_DIR",
            "Seals stored credentials: 32 bytes in Base64 (openssl rand -base64 32), or the URI of a KMS key. Of several, separated by commas, the first seals and all open. Required with DATABASE_URL."),
    CSCX_CHORUS_PRIVATE_NETWORK(
            "false",
            "true lets baseUrl and tokenUrl of the Chorus connection, and hooks, lie in a private network; https stays required."),
    OIDC_ISSUER(
            "none",
            "OpenID Connect issuer whose access tokens are taken beside ours, as it names itself; people are known by their verified e-mail address."),
    OIDC_AUDIENCE(
            "CSCX_PUBLIC_URL and CSCX_PUBLIC_URL/mcp",
            "Whom those tokens are made for, separated by commas; goes with OIDC_ISSUER."),
    CSCX_CORS_ORIGINS(
            "none",
            "Other sites whose pages may call from a browser, such as https://app.example.com, separated by commas."),
    CHORUS_WEBHOOK_SECRET(
            "none",
            "Secret of Chorus's webhooks, at least 16 characters; without it POST /api/chorus/webhook refuses all."),
    CSCX_CLOCK(
            "the system's",
            "An instant at which the clock starts, such as 2026-11-22T12:00:00Z; embedded servers only."),
    CSCX_BACKFILL_DAYS("400", "How far back the first sync looks, 1 to 3650."),
    CSCX_POLL_MINUTES("10", "Pause between looks at Chorus, 1 to 1440."),
    CSCX_CHORUS_REQUESTS_PER_MINUTE(
            "10", "How fast Chorus is asked before its limit is learned, 1 to 6000; later it adapts by itself."),
    CSCX_WORKERS("8", "Background jobs that run at once on this instance, 0 to 64; 0 = it only serves."),
    CSCX_OWN_DOMAINS(
            "those of the people who may sign in",
            "Our mail domains beside those, separated by commas: people there are never a customer's."),
    CSCX_PARTNER_DOMAINS("none", "Mail domains of partners who join calls: they never say which customer it is."),
    CSCX_PROMPTS_DIR("./prompts", "Where the assistant's prompts lie."),
    CSCX_LOG_FORMAT("text", "text, or json for one JSON object a line."),
    CSCX_LOG_LEVEL("INFO", "DEBUG, INFO, WARN or ERROR, for our own lines."),
    OPENAI_API_KEY("none", "Switches the LLM on for what the command model is not sure of."),
    OPENAI_BASE_URL("https://api.openai.com/v1", "Any OpenAI-compatible endpoint; alone it switches the LLM on, too."),
    OPENAI_MODEL("gpt-4.1-mini", "Model asked there."),
    SLACK_SIGNING_SECRET("none", "What Slack signs its requests with; without it /slack/… takes none."),
    SLACK_BOT_TOKEN("none", "Token of the Slack bot (xoxb-…); without it nothing is sent to Slack."),
    SLACK_API_URL("Slack's", "Replaces https://slack.com/api/, for tests."),
    CSCX_EMBEDDINGS(
            "minilm",
            "Finds what means the same: minilm in this process (English), openai for a server that speaks its API, off for words alone."),
    CSCX_EMBEDDINGS_URL(
            "OPENAI_BASE_URL",
            "OpenAI-compatible endpoint of the embedding model; for CSCX_EMBEDDINGS=openai, as the next three."),
    CSCX_EMBEDDINGS_KEY(
            "OPENAI_API_KEY unless CSCX_EMBEDDINGS_URL is set", "Its key; a server of your own may want none."),
    CSCX_EMBEDDINGS_MODEL("text-embedding-3-small", "Embedding model asked there."),
    CSCX_EMBEDDINGS_DIMENSIONS("1536", "How many numbers its vectors have, 1 to 4096."),
    CSCX_EMBEDDING_SHARE(
            "0.25", "Share of the cores that embedding in the background may take, more than 0 and at most 1.");

    private final String standard;
    private final String meaning;

    Setting(String standard, String meaning) {
        this.standard = standard;
        this.meaning = meaning;
    }

    /** What holds when it is not set, in words. */
    String standard() {
        return standard;
    }

    String meaning() {
        return meaning;
    }
}

-- The tables of the requirement document by their names and columns, extended; everything else of ours is called chorus_….
-- `customers` and `tasks` may already exist in a CSCX database: they are extended where that is possible, and where it is
-- not, the migration stops and names everything that stands in the way at once.

DO $$
DECLARE
    problems text[] := '{}';
    known_customers text[] := ARRAY['id','name','aliases','domains','crm_id','owner_id','segment','renewal_date','created_at','updated_at'];
    known_tasks text[] := ARRAY['id','title','customer_id','assignee_id','due_date','status','source_call_id','needs_review','created_at','updated_at'];
    wanted record;
    found_type text;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('customers','id','uuid'), ('customers','name','text'), ('customers','aliases','ARRAY'), ('customers','domains','ARRAY'),
            ('customers','crm_id','text'), ('customers','owner_id','uuid'), ('customers','segment','text'), ('customers','renewal_date','date'),
            ('tasks','id','uuid'), ('tasks','title','text'), ('tasks','customer_id','uuid'), ('tasks','assignee_id','uuid'),
            ('tasks','due_date','date'), ('tasks','status','text'), ('tasks','source_call_id','uuid'), ('tasks','needs_review','boolean')
        ) AS w(tbl, col, typ)
    LOOP
        IF to_regclass(current_schema() || '.' || wanted.tbl) IS NULL THEN CONTINUE; END IF;
        SELECT data_type INTO found_type FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = wanted.tbl AND column_name = wanted.col;
        IF found_type IS NULL THEN
            IF wanted.col IN ('id', 'name', 'title') THEN
                problems := problems || format('%s.%s is missing (%s, not null)', wanted.tbl, wanted.col, wanted.typ);
            END IF;
        ELSIF found_type <> wanted.typ AND NOT (wanted.typ = 'text' AND found_type = 'character varying') THEN
            problems := problems || format('%s.%s is %s, wanted %s', wanted.tbl, wanted.col, found_type, wanted.typ);
        END IF;
    END LOOP;
    FOR wanted IN
        SELECT table_name AS tbl, column_name AS col FROM information_schema.columns
        WHERE table_schema = current_schema() AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
          AND ((table_name = 'customers' AND column_name <> ALL (known_customers))
            OR (table_name = 'tasks' AND column_name <> ALL (known_tasks)))
    LOOP
        problems := problems || format('%s.%s is NOT NULL without a default, so rows cannot be added; give it a default', wanted.tbl, wanted.col);
    END LOOP;
    FOR wanted IN
        SELECT w.tbl, w.col FROM (VALUES ('customers','id'), ('tasks','id')) AS w(tbl, col)
        WHERE to_regclass(current_schema() || '.' || w.tbl) IS NOT NULL
          AND NOT EXISTS (
            SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indrelid = to_regclass(current_schema() || '.' || w.tbl) AND i.indisunique AND i.indnkeyatts = 1 AND a.attname = w.col)
    LOOP
        problems := problems || format('%s.%s is not unique, so it cannot be referenced; make it the primary key', wanted.tbl, wanted.col);
    END LOOP;
    IF array_length(problems, 1) > 0 THEN
        RAISE EXCEPTION 'This CSCX database does not fit: %', array_to_string(problems, '; ');
    END IF;
END $$;

CREATE TABLE chorus_teams (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name       TEXT NOT NULL UNIQUE
);

-- People who may sign in, own customers and be assigned tasks. E-mail addresses are kept in lower case.
CREATE TABLE chorus_users (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email      TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('csm', 'leader', 'admin', 'service')),
    team_id    UUID REFERENCES chorus_teams (id),
    time_zone  TEXT,
    disabled   BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Only the SHA-256 of a token is kept; a token has 256 random bits, so a slow hash would add nothing.
CREATE TABLE chorus_tokens (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    UUID NOT NULL REFERENCES chorus_users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    expires_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS customers (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name       TEXT NOT NULL
);
ALTER TABLE customers
    ADD COLUMN IF NOT EXISTS aliases      TEXT[] NOT NULL DEFAULT '{}',
    ADD COLUMN IF NOT EXISTS domains      TEXT[] NOT NULL DEFAULT '{}',
    ADD COLUMN IF NOT EXISTS crm_id       TEXT,
    ADD COLUMN IF NOT EXISTS owner_id     UUID,
    ADD COLUMN IF NOT EXISTS segment      TEXT,
    ADD COLUMN IF NOT EXISTS renewal_date DATE,
    ADD COLUMN IF NOT EXISTS created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    ADD COLUMN IF NOT EXISTS updated_at   TIMESTAMPTZ NOT NULL DEFAULT now();
CREATE INDEX IF NOT EXISTS customers_owner ON customers (owner_id);
CREATE INDEX IF NOT EXISTS customers_crm ON customers (crm_id);
CREATE INDEX IF NOT EXISTS customers_domains ON customers USING gin (domains);

CREATE TABLE IF NOT EXISTS tasks (
    id    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    title TEXT NOT NULL
);
ALTER TABLE tasks
    ADD COLUMN IF NOT EXISTS customer_id    UUID REFERENCES customers (id),
    ADD COLUMN IF NOT EXISTS assignee_id    UUID,
    ADD COLUMN IF NOT EXISTS due_date       DATE,
    ADD COLUMN IF NOT EXISTS status         TEXT NOT NULL DEFAULT 'open',
    ADD COLUMN IF NOT EXISTS source_call_id UUID,
    ADD COLUMN IF NOT EXISTS needs_review   BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN IF NOT EXISTS created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    ADD COLUMN IF NOT EXISTS updated_at     TIMESTAMPTZ NOT NULL DEFAULT now();
CREATE INDEX IF NOT EXISTS tasks_customer ON tasks (customer_id);
CREATE INDEX IF NOT EXISTS tasks_assignee ON tasks (assignee_id);

CREATE TABLE chorus_calls (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    chorus_call_id      TEXT NOT NULL UNIQUE,
    customer_id         UUID REFERENCES customers (id),
    title               TEXT,
    duration_ms         BIGINT NOT NULL DEFAULT 0,
    duration_seconds    INTEGER GENERATED ALWAYS AS (round(duration_ms / 1000.0)::INTEGER) STORED,
    participants        JSONB NOT NULL DEFAULT '[]',
    chorus_url          TEXT,
    summary             TEXT,
    call_date           TIMESTAMPTZ NOT NULL,
    synced_at           TIMESTAMPTZ NOT NULL,
    -- what Chorus says beyond the requirement document's columns
    dialect             TEXT NOT NULL,
    kind                TEXT,
    state               TEXT NOT NULL,
    transcript_state    TEXT NOT NULL,
    consent             TEXT,
    language            TEXT,
    owner_email         TEXT,
    owner_name          TEXT,
    account_crm_id      TEXT,
    account_source_id   TEXT,
    account_name        TEXT,
    opportunity_id      TEXT,
    opportunity_name    TEXT,
    series_key          TEXT,
    source_modified_at  TIMESTAMPTZ,
    trackers            JSONB NOT NULL DEFAULT '[]',
    -- why it belongs to its customer
    match_reason        TEXT,
    match_confidence    REAL,
    match_candidates    JSONB NOT NULL DEFAULT '[]',
    -- change detection: of the list element, and of everything translated
    list_hash           TEXT,
    content_hash        TEXT NOT NULL,
    version             BIGINT NOT NULL DEFAULT 1,
    fetched_at          TIMESTAMPTZ NOT NULL,
    indexed_passages    INTEGER NOT NULL DEFAULT 0,
    indexed_version     BIGINT NOT NULL DEFAULT 0,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX chorus_calls_date ON chorus_calls (call_date DESC, id DESC);
CREATE INDEX chorus_calls_customer ON chorus_calls (customer_id, call_date DESC, id DESC);
CREATE INDEX chorus_calls_duration ON chorus_calls (duration_ms DESC, id DESC);
CREATE INDEX chorus_calls_owner ON chorus_calls (owner_email);

-- One row a call: a transcript is always written and read whole. utterances: [{index, speaker, email, side, startMs, endMs, text, uncertain}]
CREATE TABLE chorus_transcripts (
    call_id    UUID PRIMARY KEY REFERENCES chorus_calls (id) ON DELETE CASCADE,
    language   TEXT,
    utterances JSONB NOT NULL
);

-- What Chorus answered, byte for byte, compressed with gzip.
CREATE TABLE chorus_raw_answers (
    chorus_call_id TEXT NOT NULL REFERENCES chorus_calls (chorus_call_id) ON DELETE CASCADE,
    kind           TEXT NOT NULL CHECK (kind IN ('list', 'detail')),
    fetched_at     TIMESTAMPTZ NOT NULL,
    body_gzip      BYTEA NOT NULL,
    PRIMARY KEY (chorus_call_id, kind)
);
ALTER TABLE chorus_raw_answers ALTER COLUMN body_gzip SET STORAGE EXTERNAL;

CREATE TABLE chorus_action_items (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    chorus_call_id TEXT NOT NULL REFERENCES chorus_calls (chorus_call_id) ON DELETE CASCADE,
    customer_id    UUID REFERENCES customers (id),
    description    TEXT NOT NULL,
    owner          TEXT,
    due_date       DATE,
    task_id        UUID REFERENCES tasks (id),
    created_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
    -- stable over fetches: Chorus's id, or the hash of the call and the normalised text
    item_key       TEXT NOT NULL,
    position       INTEGER NOT NULL,
    side           TEXT NOT NULL DEFAULT 'unknown',
    start_ms       BIGINT,
    UNIQUE (chorus_call_id, item_key)
);
CREATE INDEX chorus_action_items_customer ON chorus_action_items (customer_id);
CREATE INDEX chorus_action_items_task ON chorus_action_items (task_id);

CREATE TABLE chorus_connections (
    id              INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    dialect         TEXT NOT NULL,
    header_style    TEXT NOT NULL,
    base_url        TEXT NOT NULL,
    secret_sealed   BYTEA NOT NULL,
    account         TEXT NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('connected', 'degraded')),
    strikes         INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT,
    connected_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE chorus_syncs (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    state         TEXT NOT NULL CHECK (state IN ('running', 'finished', 'failed')),
    window_from   TIMESTAMPTZ NOT NULL,
    window_until  TIMESTAMPTZ NOT NULL,
    error         TEXT,
    started_at    TIMESTAMPTZ NOT NULL,
    finished_at   TIMESTAMPTZ
);
CREATE INDEX chorus_syncs_started ON chorus_syncs (started_at DESC, id DESC);

CREATE TABLE chorus_sync_windows (
    sync_id      UUID NOT NULL REFERENCES chorus_syncs (id) ON DELETE CASCADE,
    window_from  TIMESTAMPTZ NOT NULL,
    window_until TIMESTAMPTZ NOT NULL,
    listed_at    TIMESTAMPTZ,
    pages        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sync_id, window_from)
);

-- What one sync does about one call: pending → fetched (saved, follow-up steps to come) → stored; or unchanged, gone, failed.
CREATE TABLE chorus_sync_items (
    sync_id        UUID NOT NULL REFERENCES chorus_syncs (id) ON DELETE CASCADE,
    chorus_call_id TEXT NOT NULL,
    outcome        TEXT NOT NULL CHECK (outcome IN ('pending', 'fetched', 'stored', 'unchanged', 'gone', 'failed')),
    requests       INTEGER NOT NULL DEFAULT 0,
    error          TEXT,
    PRIMARY KEY (sync_id, chorus_call_id)
);
CREATE INDEX chorus_sync_items_open ON chorus_sync_items (sync_id) WHERE outcome IN ('pending', 'fetched');

-- Jobs that failed too often, kept until somebody looks: nothing is dropped.
CREATE TABLE chorus_parked_jobs (
    kind      TEXT NOT NULL,
    job_key   TEXT NOT NULL,
    data      TEXT NOT NULL,
    failures  INTEGER NOT NULL,
    error     TEXT NOT NULL,
    parked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (kind, job_key)
);

CREATE TABLE chorus_conversations (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id    UUID NOT NULL REFERENCES chorus_users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE chorus_messages (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    conversation_id UUID NOT NULL REFERENCES chorus_conversations (id) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    question        TEXT NOT NULL,
    answer          JSONB NOT NULL,
    frame           JSONB,
    created_at      TIMESTAMPTZ NOT NULL,
    UNIQUE (conversation_id, position)
);

-- db-scheduler's own table, as its documentation gives it for PostgreSQL, under a name of ours.
CREATE TABLE chorus_jobs (
    task_name            TEXT NOT NULL,
    task_instance        TEXT NOT NULL,
    task_data            BYTEA,
    execution_time       TIMESTAMPTZ NOT NULL,
    picked               BOOLEAN NOT NULL,
    picked_by            TEXT,
    last_success         TIMESTAMPTZ,
    last_failure         TIMESTAMPTZ,
    consecutive_failures INT,
    last_heartbeat       TIMESTAMPTZ,
    version              BIGINT NOT NULL,
    priority             SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX chorus_jobs_due ON chorus_jobs (priority DESC, execution_time ASC);
CREATE INDEX chorus_jobs_time ON chorus_jobs (execution_time);
CREATE INDEX chorus_jobs_heartbeat ON chorus_jobs (last_heartbeat);

-- What it takes to be trusted with somebody's only copy: calls that wait for their words, a queue of fetches that
-- survives anything, a rate limit shared by all instances, calls that Chorus took back, and what could not be read.

ALTER TABLE chorus_calls
    -- when the call began as the list has it: the list's windows go by this
    ADD COLUMN listed_date TIMESTAMPTZ,
    -- when everything about it was last read; null while only the list is known
    ADD COLUMN detailed_at TIMESTAMPTZ,
    -- of what matching looks at, to match again only where that changed
    ADD COLUMN match_hash  TEXT,
    ADD COLUMN momentum    JSONB;
UPDATE chorus_calls SET listed_date = call_date, detailed_at = fetched_at;
ALTER TABLE chorus_calls ALTER COLUMN listed_date SET NOT NULL;
CREATE INDEX chorus_calls_listed ON chorus_calls (listed_date);
CREATE INDEX chorus_calls_unindexed ON chorus_calls (id) WHERE indexed_version < version;

ALTER TABLE chorus_raw_answers DROP CONSTRAINT chorus_raw_answers_kind_check;
ALTER TABLE chorus_raw_answers ADD CONSTRAINT chorus_raw_answers_kind_check
    CHECK (kind IN ('list', 'detail', 'transcript', 'trackers'));

-- Calls that Chorus does not show any more. They are out of every table that anything reads from, and wait here, whole,
-- until that is confirmed (then they are deleted) or they are back.
CREATE TABLE chorus_hidden_calls (
    chorus_call_id TEXT PRIMARY KEY,
    call_id        UUID NOT NULL UNIQUE,
    listed_date    TIMESTAMPTZ NOT NULL,
    hidden_since   TIMESTAMPTZ NOT NULL,
    hidden_by      UUID,
    row            JSONB NOT NULL,
    transcript     JSONB,
    action_items   JSONB NOT NULL,
    answers        JSONB NOT NULL
);
CREATE INDEX chorus_hidden_calls_listed ON chorus_hidden_calls (listed_date);

-- Calls whose passages are to leave the index, in the transaction that took the call away.
CREATE TABLE chorus_index_removals (
    call_id  UUID PRIMARY KEY,
    passages INTEGER NOT NULL
);

-- What is to be fetched, and the state of each call that is not done: one row a call, leased by one worker at a time.
CREATE TABLE chorus_fetches (
    chorus_call_id TEXT PRIMARY KEY,
    reason         TEXT NOT NULL,
    list_element   BYTEA,
    priority       INTEGER NOT NULL,
    due_at         TIMESTAMPTZ NOT NULL,
    failures       INTEGER NOT NULL DEFAULT 0,
    transcript_tries INTEGER NOT NULL DEFAULT 0,
    generation     BIGINT NOT NULL DEFAULT 1,
    leased_until   TIMESTAMPTZ,
    last_error     TEXT
);
CREATE INDEX chorus_fetches_order ON chorus_fetches (priority DESC, due_at);
CREATE INDEX chorus_fetches_due ON chorus_fetches (due_at);

-- How fast Chorus may be asked, learned, for all instances together.
CREATE TABLE chorus_pace (
    id                  INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    per_minute          DOUBLE PRECISION NOT NULL,
    tokens              DOUBLE PRECISION NOT NULL,
    refilled_at         TIMESTAMPTZ NOT NULL,
    not_before          TIMESTAMPTZ NOT NULL,
    slowed_at           TIMESTAMPTZ,
    step_per_minute     DOUBLE PRECISION NOT NULL,
    served_since_slowed BIGINT NOT NULL,
    lists_first_until   TIMESTAMPTZ NOT NULL,
    requests            BIGINT NOT NULL,
    refusals            BIGINT NOT NULL
);

-- What Chorus sent and we cannot read, with why, until somebody has it tried again.
CREATE TABLE chorus_quarantine (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    fingerprint    TEXT NOT NULL UNIQUE,
    chorus_call_id TEXT,
    stage          TEXT NOT NULL CHECK (stage IN ('list', 'detail')),
    reason         TEXT NOT NULL,
    raw_gzip       BYTEA,
    times          INTEGER NOT NULL DEFAULT 1,
    first_at       TIMESTAMPTZ NOT NULL,
    last_at        TIMESTAMPTZ NOT NULL
);
CREATE INDEX chorus_quarantine_newest ON chorus_quarantine (last_at DESC, id DESC);

ALTER TABLE chorus_syncs
    ADD COLUMN cause      TEXT NOT NULL DEFAULT 'manual' CHECK (cause IN ('backfill', 'poll', 'sweep', 'manual')),
    -- whether calls that vanish in masses may go: somebody said so
    ADD COLUMN removals_confirmed BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN absences_checked BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN halted     TEXT,
    -- counted once, at the end; while it runs they are counted from its items
    ADD COLUMN seen       BIGINT,
    ADD COLUMN stored     BIGINT,
    ADD COLUMN unchanged  BIGINT,
    ADD COLUMN failed     BIGINT,
    ADD COLUMN requests   BIGINT,
    -- the reconciliation: what Chorus listed against what is here
    ADD COLUMN upstream   BIGINT,
    ADD COLUMN matched    BIGINT,
    ADD COLUMN missing    TEXT[],
    ADD COLUMN differing  TEXT[];
UPDATE chorus_syncs s SET
    seen = i.seen, stored = i.stored, unchanged = i.unchanged, failed = i.failed, requests = i.requests
FROM (SELECT sync_id, count(*) AS seen, count(*) FILTER (WHERE outcome = 'stored') AS stored,
        count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged, count(*) FILTER (WHERE outcome = 'failed') AS failed,
        sum(requests) AS requests FROM chorus_sync_items GROUP BY sync_id) i
WHERE i.sync_id = s.id AND s.finished_at IS NOT NULL;

-- How far the list of a window was read: what lies beyond need not be listed again.
ALTER TABLE chorus_sync_windows ADD COLUMN progress TIMESTAMPTZ;

ALTER TABLE chorus_sync_items DROP CONSTRAINT chorus_sync_items_outcome_check;
UPDATE chorus_sync_items SET outcome = 'pending' WHERE outcome = 'fetched';
ALTER TABLE chorus_sync_items ADD CONSTRAINT chorus_sync_items_outcome_check
    CHECK (outcome IN ('pending', 'stored', 'unchanged', 'gone', 'failed'));
ALTER TABLE chorus_sync_items ADD COLUMN list_hash TEXT, ADD COLUMN listed BOOLEAN NOT NULL DEFAULT TRUE;
DROP INDEX chorus_sync_items_open;
CREATE INDEX chorus_sync_items_open ON chorus_sync_items (sync_id) WHERE outcome = 'pending';
CREATE INDEX chorus_sync_items_waiting ON chorus_sync_items (chorus_call_id) WHERE outcome = 'pending';

-- Work that another version of the program staged and this one does otherwise: what was not done is listed again.
DELETE FROM chorus_jobs WHERE task_name IN ('list-window', 'fetch-call', 'match-customer', 'index-passages', 'create-tasks');
DELETE FROM chorus_parked_jobs WHERE kind IN ('list-window', 'fetch-call', 'match-customer', 'index-passages', 'create-tasks');
UPDATE chorus_syncs SET state = 'failed', finished_at = now(), error = 'The program was replaced while this sync ran.'
    WHERE state = 'running';
UPDATE chorus_calls SET list_hash = NULL WHERE chorus_call_id IN
    (SELECT chorus_call_id FROM chorus_sync_items WHERE outcome = 'pending');

-- Searches that people keep, and what they found among calls that came later.

CREATE TABLE chorus_saved_searches (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id        UUID NOT NULL REFERENCES chorus_users (id) ON DELETE CASCADE,
    name           TEXT NOT NULL,
    q              TEXT NOT NULL,
    customer_id    UUID REFERENCES customers (id) ON DELETE CASCADE,
    speaker        TEXT,
    side           TEXT CHECK (side IN ('internal', 'external', 'unknown')),
    alert          BOOLEAN NOT NULL,
    -- by the product's clock
    created_at     TIMESTAMPTZ NOT NULL,
    -- by the database's clock, like chorus_calls.words_since: the two are compared
    watching_since TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX chorus_saved_searches_user ON chorus_saved_searches (user_id, created_at DESC, id DESC);
CREATE INDEX chorus_saved_searches_customer ON chorus_saved_searches (customer_id) WHERE customer_id IS NOT NULL;

-- A match, by place: what was said is read from the transcript, so it goes wherever the transcript goes. A hidden call
-- keeps its alerts for the day when it is back, so there is no reference to chorus_calls.
CREATE TABLE chorus_alerts (
    id        UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    search_id UUID NOT NULL REFERENCES chorus_saved_searches (id) ON DELETE CASCADE,
    call_id   UUID NOT NULL,
    -- the utterance that answered best; null: what was found is not said there any more
    utterance INTEGER,
    found_at  TIMESTAMPTZ NOT NULL,
    seen_at   TIMESTAMPTZ,
    UNIQUE (search_id, call_id)
);
CREATE INDEX chorus_alerts_call ON chorus_alerts (call_id);

-- Calls that came to the index, until the saved searches were run on them. Several of one call are as good as one.
CREATE TABLE chorus_alert_checks (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id  UUID NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    due_at   TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX chorus_alert_checks_due ON chorus_alert_checks (due_at, id);

ALTER TABLE chorus_calls
    -- when its words first came to the index
    ADD COLUMN words_since      TIMESTAMPTZ,
    -- whether a backfill brought call and words
    ADD COLUMN words_backfilled BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE chorus_calls SET words_since = clock_timestamp() WHERE indexed_passages > 0;
UPDATE chorus_hidden_calls SET row = row || jsonb_build_object('words_backfilled', FALSE, 'words_since',
    CASE WHEN (row ->> 'indexed_passages')::int > 0 THEN clock_timestamp() END);

-- When the sync began by the database's clock, like chorus_calls.created_at.
ALTER TABLE chorus_syncs ADD COLUMN begun TIMESTAMPTZ NOT NULL DEFAULT '-infinity';
ALTER TABLE chorus_syncs ALTER COLUMN begun SET DEFAULT clock_timestamp();
CREATE INDEX chorus_syncs_running ON chorus_syncs (id) WHERE state = 'running';

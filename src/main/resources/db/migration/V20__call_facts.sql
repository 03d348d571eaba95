-- What a call says of its customer, read off once whenever the call changed: numbers to add up, and the words behind them.

-- By name in lower case: Chorus's ids of one tracker differ between list, detail and dialects.
CREATE TABLE chorus_trackers (
    tracker_key     TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    -- what Chorus files it under, where the dialect says so
    source_category TEXT,
    first_seen      TIMESTAMPTZ NOT NULL
);

CREATE TABLE chorus_call_facts (
    call_id      UUID PRIMARY KEY REFERENCES chorus_calls (id) ON DELETE CASCADE,
    -- of the content that was read; whoever reads facts compares it with the call's, so facts of another content are none
    content_hash TEXT NOT NULL,
    rules        INTEGER NOT NULL,
    -- who says where the deal is going: source, derived, or null where nothing tells
    origin       TEXT CHECK (origin IN ('source', 'derived')),
    progress     TEXT,
    -- how often the customer's own people said such a thing
    objections   INTEGER NOT NULL,
    pricing      INTEGER NOT NULL,
    advances     INTEGER NOT NULL,
    stalls       INTEGER NOT NULL,
    declines     INTEGER NOT NULL,
    departures   INTEGER NOT NULL,
    -- promises of either side, and those of the customer among them
    next_steps   INTEGER NOT NULL,
    their_steps  INTEGER NOT NULL,
    -- share of the talk of both sides that is the customer's
    their_share  REAL,
    -- the customer's people who were there: e-mail address or else name, and the name
    people       TEXT[] NOT NULL,
    names        TEXT[] NOT NULL,
    -- side by side: tracker, how often it matched, how often in the customer's own words
    trackers     TEXT[] NOT NULL,
    mentions     INTEGER[] NOT NULL,
    heard        INTEGER[] NOT NULL
);

-- The words behind the numbers, apart from them: adding up reads no words.
CREATE TABLE chorus_call_quotes (
    call_id UUID PRIMARY KEY REFERENCES chorus_call_facts (call_id) ON DELETE CASCADE,
    quotes  JSONB NOT NULL
);

-- Calls whose facts are to be read off. Several of one call are as good as one.
CREATE TABLE chorus_facts_due (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id UUID NOT NULL
);

CREATE FUNCTION chorus_call_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chorus_facts_due (call_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER chorus_call_content_came AFTER INSERT ON chorus_calls
    FOR EACH ROW EXECUTE FUNCTION chorus_call_content_changed();
CREATE TRIGGER chorus_call_content_changed AFTER UPDATE OF content_hash ON chorus_calls
    FOR EACH ROW WHEN (OLD.content_hash <> NEW.content_hash) EXECUTE FUNCTION chorus_call_content_changed();

INSERT INTO chorus_facts_due (call_id) SELECT id FROM chorus_calls ORDER BY call_date DESC;

-- What an admin set, every version of it: which tracker belongs to which category, and what becomes a signal.
CREATE TABLE chorus_signal_settings (
    kind       TEXT NOT NULL CHECK (kind IN ('categories', 'mapping')),
    version    INTEGER NOT NULL CHECK (version > 0),
    body       JSONB NOT NULL,
    changed_by UUID REFERENCES chorus_users (id) ON DELETE SET NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    -- the version that it took up again
    restored   INTEGER,
    PRIMARY KEY (kind, version)
);

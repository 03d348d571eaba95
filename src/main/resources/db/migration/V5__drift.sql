-- What Chorus's answers hold that nobody expected, and what they hold no more: names of fields and words of lists of
-- words, never what people said.

CREATE TABLE chorus_drift_news (
    dialect  TEXT NOT NULL,
    part     TEXT NOT NULL,
    path     TEXT NOT NULL,
    -- null: the field itself is new; empty: values that are not shown
    word     TEXT,
    count    BIGINT NOT NULL,
    first_at TIMESTAMPTZ NOT NULL,
    last_at  TIMESTAMPTZ NOT NULL,
    UNIQUE NULLS NOT DISTINCT (dialect, part, path, word)
);

-- What was seen and found no room above.
CREATE TABLE chorus_drift_more (
    id    INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    count BIGINT NOT NULL
);

-- How known fields come: of the answers that could have held one, how many did, and how many in a row last did not.
CREATE TABLE chorus_drift_fields (
    dialect      TEXT NOT NULL,
    part         TEXT NOT NULL,
    path         TEXT NOT NULL,
    chances      BIGINT NOT NULL,
    seen         BIGINT NOT NULL,
    absent       BIGINT NOT NULL,
    absent_since TIMESTAMPTZ,
    last_at      TIMESTAMPTZ,
    PRIMARY KEY (dialect, part, path)
);

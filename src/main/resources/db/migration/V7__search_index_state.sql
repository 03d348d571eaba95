-- Which search indexes hold what chorus_calls says is in them: others, or wiped ones, hold nothing of it.
CREATE TABLE chorus_search_state (
    part     TEXT PRIMARY KEY CHECK (part IN ('words', 'meaning')),
    identity TEXT NOT NULL
);

-- Vectors come later than words.
ALTER TABLE chorus_calls
    ADD COLUMN vectors_version      BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN vectors_leased_until TIMESTAMPTZ;
CREATE INDEX chorus_calls_without_vectors ON chorus_calls (call_date DESC)
    WHERE vectors_version < version AND indexed_passages > 0;
UPDATE chorus_hidden_calls SET row = row || jsonb_build_object('vectors_version', 0);

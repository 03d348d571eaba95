-- Which search indexes hold what chorus_calls.indexed_version says: others, or wiped ones, hold nothing of it.
CREATE TABLE chorus_search_state (
    id       INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    identity TEXT NOT NULL
);

-- Who is signed in with a browser. Only the SHA-256 of the key in the cookie is kept.

CREATE TABLE chorus_sessions (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id       UUID NOT NULL REFERENCES chorus_users (id) ON DELETE CASCADE,
    -- what was typed in; the session goes with it. Null: demo mode asked for nothing
    token_id      UUID REFERENCES chorus_tokens (id) ON DELETE CASCADE,
    key_hash      TEXT NOT NULL UNIQUE,
    -- the key before, which requests that were under way still send
    previous_hash TEXT,
    rotated_at    TIMESTAMPTZ NOT NULL,
    -- what forms send along to prove that they are ours; worthless without the key
    form_key      TEXT NOT NULL,
    seen_at       TIMESTAMPTZ NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX chorus_sessions_previous ON chorus_sessions (previous_hash) WHERE previous_hash IS NOT NULL;
CREATE INDEX chorus_sessions_expires ON chorus_sessions (expires_at);
CREATE INDEX chorus_sessions_user ON chorus_sessions (user_id);
CREATE INDEX chorus_sessions_token ON chorus_sessions (token_id);

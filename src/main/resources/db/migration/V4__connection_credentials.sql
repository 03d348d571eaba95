-- A connection may sign in with OAuth 2.0; its tokens change often and have a row, and so a lock, of their own.

-- Grows with every change of the connection, so that other instances notice; times may repeat.
CREATE SEQUENCE chorus_connection_revisions;

ALTER TABLE chorus_connections
    ADD COLUMN auth_type TEXT NOT NULL DEFAULT 'api_key' CHECK (auth_type IN ('api_key', 'oauth2')),
    ADD COLUMN scope     TEXT,
    ADD COLUMN revision  BIGINT NOT NULL DEFAULT nextval('chorus_connection_revisions');

CREATE TABLE chorus_connection_tokens (
    connection_id INTEGER PRIMARY KEY REFERENCES chorus_connections (id) ON DELETE CASCADE,
    revision      BIGINT NOT NULL,
    tokens_sealed BYTEA NOT NULL,
    expires_at    TIMESTAMPTZ
);

-- Sign-ins that an admin has begun in the browser. Only the SHA-256 of a state is kept; a state serves once.
CREATE TABLE chorus_oauth_logins (
    state_hash   TEXT PRIMARY KEY,
    user_id      UUID NOT NULL REFERENCES chorus_users (id) ON DELETE CASCADE,
    login_sealed BYTEA NOT NULL,
    used         BOOLEAN NOT NULL DEFAULT false,
    expires_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX chorus_oauth_logins_user ON chorus_oauth_logins (user_id, expires_at DESC);

-- What an admin has to be told, once, until it is over.
CREATE TABLE chorus_notices (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    subject     TEXT NOT NULL,
    message     TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    resolved_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX chorus_notices_open ON chorus_notices (subject) WHERE resolved_at IS NULL;

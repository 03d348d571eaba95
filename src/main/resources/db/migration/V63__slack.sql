-- What came from Slack, until it is answered. Times are real time.
CREATE TABLE chorus_slack_requests (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- the same for every delivery of one event
    event_key    TEXT NOT NULL UNIQUE,
    -- the same for the two events that tell of one message, of the mention and of the message
    message_key  TEXT UNIQUE,
    kind         TEXT NOT NULL,
    team         TEXT NOT NULL,
    channel      TEXT NOT NULL,
    -- what is answered in order: the thread, or what stands for one
    thread       TEXT NOT NULL,
    -- the thread to answer in; null: outside of threads
    reply_to     TEXT,
    slack_user   TEXT NOT NULL,
    -- what was said or clicked; empty once it is answered, for then the conversation has it
    body         TEXT NOT NULL,
    -- where the answer may be sent to instead of the channel; a secret, gone once it is answered
    response_url TEXT,
    received_at  TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    -- the turn that answers it, of the person who asked
    user_id      UUID REFERENCES chorus_users (id) ON DELETE CASCADE,
    conversation UUID,
    -- by the product's clock, like the turns of conversations
    asked_at     TIMESTAMPTZ,
    message_id   UUID,
    finished_at  TIMESTAMPTZ
);
CREATE INDEX chorus_slack_requests_waiting ON chorus_slack_requests (team, channel, thread, id) WHERE state = 'waiting';
CREATE INDEX chorus_slack_requests_finished ON chorus_slack_requests (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX chorus_slack_requests_user ON chorus_slack_requests (user_id);
CREATE INDEX chorus_slack_requests_conversation ON chorus_slack_requests (conversation) WHERE conversation IS NOT NULL;

-- A person's conversation in a thread. Others in the thread have their own: nobody is answered from what another may see.
CREATE TABLE chorus_slack_threads (
    team         TEXT NOT NULL,
    channel      TEXT NOT NULL,
    thread       TEXT NOT NULL,
    slack_user   TEXT NOT NULL,
    -- null until it is known who that is
    user_id      UUID REFERENCES chorus_users (id) ON DELETE CASCADE,
    conversation UUID NOT NULL DEFAULT gen_random_uuid(),
    created_at   TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (team, channel, thread, slack_user)
);
CREATE INDEX chorus_slack_threads_user ON chorus_slack_threads (user_id);

-- The messages that make up an answer: noted before they are sent, so that a restart in between looks for them first.
CREATE TABLE chorus_slack_posts (
    request_id BIGINT NOT NULL REFERENCES chorus_slack_requests (id) ON DELETE CASCADE,
    part       INTEGER NOT NULL,
    -- Slack's name of the message; null: not known to have arrived. Empty for what only one person sees
    ts         TEXT,
    PRIMARY KEY (request_id, part)
);

-- What Slack says of its members, for a while.
CREATE TABLE chorus_slack_people (
    team       TEXT NOT NULL,
    slack_user TEXT NOT NULL,
    -- null: nobody whom we answer, such as a guest, a stranger, a bot or an unconfirmed address
    email      TEXT,
    zone       TEXT,
    checked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (team, slack_user)
);

-- Methods of the Web API that asked to be left alone for a while, by all instances.
CREATE TABLE chorus_slack_pauses (
    method TEXT PRIMARY KEY,
    until  TIMESTAMPTZ NOT NULL
);

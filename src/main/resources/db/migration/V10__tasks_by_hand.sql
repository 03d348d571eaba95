-- Tasks are made and changed by people now. Whoever changes one names the version that they saw.
ALTER TABLE tasks
    ADD COLUMN IF NOT EXISTS chorus_version INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN IF NOT EXISTS completed_at   TIMESTAMPTZ,
    -- null: made of an action item
    ADD COLUMN IF NOT EXISTS created_by     UUID;

-- By a trigger, since CSCX may write tasks, too.
CREATE FUNCTION chorus_task_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.chorus_version := OLD.chorus_version + 1;
    NEW.updated_at := now();
    NEW.completed_at := CASE WHEN NEW.status <> 'done' THEN NULL ELSE COALESCE(OLD.completed_at, now()) END;
    RETURN NEW;
END $$;
CREATE TRIGGER chorus_task_changed BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION chorus_task_changed();

-- What a customer promised is no task of ours; that they kept it is noted with the item.
ALTER TABLE chorus_action_items ADD COLUMN done_at TIMESTAMPTZ;

-- Changes that the assistant proposed and somebody has to say yes to.
CREATE TABLE chorus_pending_actions (
    id              UUID PRIMARY KEY,
    conversation_id UUID NOT NULL REFERENCES chorus_conversations (id) ON DELETE CASCADE,
    user_id         UUID NOT NULL REFERENCES chorus_users (id) ON DELETE CASCADE,
    tool            TEXT NOT NULL,
    arguments       JSONB NOT NULL,
    change          JSONB NOT NULL,
    summary         TEXT NOT NULL,
    -- open, done, declined
    state           TEXT NOT NULL DEFAULT 'open',
    -- the message that answered it; the same click again is answered with it again
    answer_id       UUID,
    created_at      TIMESTAMPTZ NOT NULL,
    expires_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX chorus_pending_actions_open ON chorus_pending_actions (conversation_id) WHERE state = 'open';

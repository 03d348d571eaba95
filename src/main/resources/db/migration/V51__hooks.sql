-- Who is told when a task or a customer's health changes (Standard Webhooks).
CREATE TABLE chorus_hooks (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    url           TEXT NOT NULL,
    events        TEXT[] NOT NULL,
    secret_sealed BYTEA NOT NULL,
    -- false once the receiver answered 410 (gone)
    enabled       BOOLEAN NOT NULL DEFAULT TRUE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- The outbox: one row for each event and each hook that wants it, written in the transaction of the change.
CREATE TABLE chorus_hook_deliveries (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    hook_id      UUID NOT NULL REFERENCES chorus_hooks (id) ON DELETE CASCADE,
    -- the same for every try, and for every hook
    event_id     UUID NOT NULL,
    event        TEXT NOT NULL,
    payload      JSONB NOT NULL,
    state        TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    -- from then on three days are counted
    since        TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    last_status  INTEGER,
    last_error   TEXT,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    delivered_at TIMESTAMPTZ
);
CREATE INDEX chorus_hook_deliveries_due ON chorus_hook_deliveries (next_at) WHERE state = 'pending';
CREATE INDEX chorus_hook_deliveries_newest ON chorus_hook_deliveries (created_at DESC, id DESC);
CREATE INDEX chorus_hook_deliveries_hook ON chorus_hook_deliveries (hook_id);

CREATE FUNCTION chorus_tell(told TEXT, what JSONB) RETURNS void LANGUAGE sql AS $$
    WITH fresh AS MATERIALIZED (SELECT gen_random_uuid() AS id)
    INSERT INTO chorus_hook_deliveries (hook_id, event_id, event, payload)
    SELECT h.id, fresh.id, told, jsonb_build_object('type', told,
        'timestamp', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', what)
    FROM chorus_hooks h, fresh WHERE h.enabled AND told = ANY (h.events)
$$;

-- By triggers, since CSCX may write tasks, too.
CREATE FUNCTION chorus_tell_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM chorus_tell('task.deleted', jsonb_build_object('id', OLD.id, 'customerId', OLD.customer_id));
        RETURN NULL;
    END IF;
    PERFORM chorus_tell(CASE TG_OP WHEN 'INSERT' THEN 'task.created' ELSE 'task.updated' END, jsonb_build_object(
        'id', NEW.id, 'title', NEW.title, 'customerId', NEW.customer_id, 'assigneeId', NEW.assignee_id,
        'dueDate', NEW.due_date, 'status', NEW.status, 'sourceCallId', NEW.source_call_id,
        'needsReview', NEW.needs_review, 'version', NEW.chorus_version));
    RETURN NULL;
END $$;
CREATE TRIGGER chorus_task_told AFTER INSERT OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION chorus_tell_task();
CREATE TRIGGER chorus_task_change_told AFTER UPDATE ON tasks FOR EACH ROW
    WHEN ((OLD.title, OLD.customer_id, OLD.assignee_id, OLD.due_date, OLD.status, OLD.source_call_id, OLD.needs_review)
        IS DISTINCT FROM (NEW.title, NEW.customer_id, NEW.assignee_id, NEW.due_date, NEW.status, NEW.source_call_id, NEW.needs_review))
    EXECUTE FUNCTION chorus_tell_task();

-- Told when what people see is another number or another band. weight: of all conversations in CSCX's own health, percent.
CREATE FUNCTION chorus_tell_health() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM chorus_tell('health.changed', jsonb_build_object(
        'customerId', NEW.customer_id, 'day', NEW.day, 'score', round(NEW.score::numeric, 1), 'band', NEW.band,
        'previousScore', CASE WHEN TG_OP = 'UPDATE' THEN round(OLD.score::numeric, 1) END,
        'previousBand', CASE WHEN TG_OP = 'UPDATE' THEN OLD.band END,
        'weight', COALESCE((SELECT (body->>'weight')::numeric FROM chorus_signal_settings WHERE kind = 'mapping'
            ORDER BY version DESC LIMIT 1), 15)));
    RETURN NULL;
END $$;
CREATE TRIGGER chorus_health_told AFTER INSERT ON chorus_health FOR EACH ROW
    WHEN (NEW.score IS NOT NULL) EXECUTE FUNCTION chorus_tell_health();
CREATE TRIGGER chorus_health_change_told AFTER UPDATE OF score, band ON chorus_health FOR EACH ROW
    WHEN ((round(OLD.score), OLD.band) IS DISTINCT FROM (round(NEW.score), NEW.band))
    EXECUTE FUNCTION chorus_tell_health();

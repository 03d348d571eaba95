-- How conversations with a customer stand, as of the end of a day. No words and no names: those are read when it is shown.
CREATE TABLE chorus_health (
    customer_id UUID PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    day         DATE NOT NULL,
    -- versions of the settings that it was reckoned with
    mapping     INTEGER NOT NULL,
    categories  INTEGER NOT NULL,
    -- null where too little is known; reason says what
    score       DOUBLE PRECISION,
    band        TEXT,
    reason      TEXT,
    components  JSONB NOT NULL,
    trend       JSONB NOT NULL,
    computed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX chorus_health_score ON chorus_health (score);

-- Customers whose calls or promises changed since. Several of one are as good as one.
CREATE TABLE chorus_health_due (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id UUID NOT NULL
);
CREATE INDEX chorus_health_due_customer ON chorus_health_due (customer_id);

-- Calls that come are noted when their facts are read; these are calls that move or go.
CREATE FUNCTION chorus_call_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chorus_health_due (customer_id)
    SELECT id FROM unnest(ARRAY[OLD.customer_id, CASE WHEN TG_OP = 'UPDATE' THEN NEW.customer_id END]) AS id WHERE id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER chorus_call_moved AFTER UPDATE OF customer_id ON chorus_calls
    FOR EACH ROW WHEN (OLD.customer_id IS DISTINCT FROM NEW.customer_id) EXECUTE FUNCTION chorus_call_moved();
CREATE TRIGGER chorus_call_left AFTER DELETE ON chorus_calls FOR EACH ROW EXECUTE FUNCTION chorus_call_moved();

-- Promises that are kept, put off or dropped; by triggers, since CSCX may write tasks, too.
CREATE FUNCTION chorus_promise_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO chorus_health_due (customer_id) SELECT NEW.customer_id WHERE NEW.customer_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER chorus_promise_changed AFTER UPDATE OF status, due_date ON tasks
    FOR EACH ROW WHEN ((OLD.status, OLD.due_date) IS DISTINCT FROM (NEW.status, NEW.due_date))
    EXECUTE FUNCTION chorus_promise_changed();
CREATE TRIGGER chorus_item_changed AFTER UPDATE OF done_at, due_date ON chorus_action_items
    FOR EACH ROW WHEN ((OLD.done_at, OLD.due_date) IS DISTINCT FROM (NEW.done_at, NEW.due_date))
    EXECUTE FUNCTION chorus_promise_changed();

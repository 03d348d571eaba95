-- Which evidence linked a call to its customer. A manual link stays whatever is found later; also one to nobody
-- (customer_id null), which takes the call out of the queue.
ALTER TABLE chorus_calls
    ADD COLUMN match_kind TEXT CHECK (match_kind IN ('manual', 'crm', 'account', 'twin', 'person', 'domain', 'name')),
    ADD COLUMN linked_by  UUID REFERENCES chorus_users (id) ON DELETE SET NULL,
    ADD COLUMN linked_at  TIMESTAMPTZ;

-- Known accounts, known people and twins are looked up among the calls themselves: no second truth to keep in step.
CREATE INDEX chorus_calls_account ON chorus_calls (account_source_id) WHERE account_source_id IS NOT NULL;
CREATE INDEX chorus_calls_series ON chorus_calls (series_key) WHERE series_key IS NOT NULL;
CREATE FUNCTION chorus_emails(participants JSONB) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(p ->> 'email') FROM jsonb_array_elements(participants) p WHERE p ->> 'email' IS NOT NULL
$$;
CREATE INDEX chorus_calls_people ON chorus_calls USING gin (chorus_emails(participants));
CREATE INDEX chorus_calls_unmatched ON chorus_calls (call_date DESC, id DESC)
    WHERE customer_id IS NULL AND match_kind IS DISTINCT FROM 'manual';

-- Domains that somebody taught by linking a call. Apart from customers.domains, which an import writes anew.
CREATE TABLE chorus_learned_domains (
    domain      TEXT PRIMARY KEY CHECK (domain = lower(domain)),
    customer_id UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    learned_by  UUID REFERENCES chorus_users (id) ON DELETE SET NULL,
    learned_at  TIMESTAMPTZ NOT NULL
);
CREATE INDEX chorus_learned_domains_customer ON chorus_learned_domains (customer_id);

-- What makes calls worth deciding again: a link that teaches (its call), or the roster (null). Taken away when done.
CREATE TABLE chorus_relinks (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call_id UUID REFERENCES chorus_calls (id) ON DELETE CASCADE
);

-- Counts changes of whatever matching reads besides the calls, so that it can be kept in memory until the next one. By
-- triggers, because CSCX writes to customers, too.
CREATE TABLE chorus_roster (
    id      INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO chorus_roster (version) VALUES (1);
-- What is here already was linked by an earlier version that kept no kinds.
INSERT INTO chorus_relinks (call_id) VALUES (NULL);

CREATE FUNCTION chorus_roster_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE chorus_roster SET version = version + 1;
    INSERT INTO chorus_relinks (call_id) VALUES (NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER chorus_customers_changed
    AFTER INSERT OR DELETE OR UPDATE OF name, aliases, domains, crm_id ON customers
    FOR EACH STATEMENT EXECUTE FUNCTION chorus_roster_changed();
CREATE TRIGGER chorus_learned_domains_changed
    AFTER INSERT OR DELETE OR UPDATE ON chorus_learned_domains
    FOR EACH STATEMENT EXECUTE FUNCTION chorus_roster_changed();
CREATE TRIGGER chorus_users_changed
    AFTER INSERT OR DELETE OR UPDATE OF email, role, disabled ON chorus_users
    FOR EACH STATEMENT EXECUTE FUNCTION chorus_roster_changed();

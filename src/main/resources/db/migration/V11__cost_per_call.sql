-- What took time that grew with the number of calls.

-- Whether calls that were found before are being written to the index anew, asked each second.
CREATE INDEX chorus_calls_written_anew ON chorus_calls (id)
    WHERE indexed_version = 0 AND words_since IS NOT NULL AND indexed_version < version;

-- How often a link taught that an account, a series or a person is a customer's (all zeroes: nobody's). Calls are decided
-- again when that is new, and when it has doubled; not each time that it is said once more.
CREATE TABLE chorus_link_facts (
    kind        TEXT NOT NULL,
    value       TEXT NOT NULL,
    customer_id UUID NOT NULL,
    times       BIGINT NOT NULL,
    PRIMARY KEY (kind, value, customer_id)
);
ALTER TABLE chorus_relinks
    -- the call taught something else before: whatever it is related to is decided again
    ADD COLUMN moved BOOLEAN NOT NULL DEFAULT TRUE;

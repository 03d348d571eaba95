-- So that a call costs the same among a hundred thousand as among a thousand.

-- Most items never become a task, and nobody looks for those by this.
DROP INDEX chorus_action_items_task;
CREATE INDEX chorus_action_items_task ON chorus_action_items (task_id) WHERE task_id IS NOT NULL;

-- Only links by hand and by CRM id teach; asking for those must not pass all the others.
CREATE INDEX chorus_calls_account_taught ON chorus_calls (account_source_id, match_kind, customer_id)
    WHERE account_source_id IS NOT NULL AND customer_id IS NOT NULL AND match_kind IN ('manual', 'crm');
CREATE INDEX chorus_calls_people_taught ON chorus_calls USING gin (chorus_emails(participants))
    WHERE customer_id IS NOT NULL AND match_kind IN ('manual', 'crm');

-- When something promised was done, for whoever asks whether it was in time. Both columns may be there already.
ALTER TABLE tasks ADD COLUMN IF NOT EXISTS completed_at TIMESTAMPTZ;
ALTER TABLE chorus_action_items ADD COLUMN IF NOT EXISTS done_at TIMESTAMPTZ;

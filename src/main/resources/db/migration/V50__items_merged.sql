-- Items that are regenerated stay the items that they were. All may be null: rows of hidden calls come back without them.
ALTER TABLE chorus_action_items
    -- false: Chorus lists it no more, but it became somebody's work
    ADD COLUMN listed       BOOLEAN DEFAULT TRUE,
    -- its words speak of a time, but of none that can be told
    ADD COLUMN unsure       BOOLEAN DEFAULT FALSE,
    -- version of its task as we left it; another one: somebody changed the task since
    ADD COLUMN task_version INTEGER;

UPDATE chorus_action_items i SET task_version = t.chorus_version
FROM tasks t WHERE t.id = i.task_id AND t.updated_at = t.created_at AND t.created_by IS NULL;

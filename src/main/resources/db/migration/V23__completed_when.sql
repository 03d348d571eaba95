-- Whoever says when a task was done is believed: it may have been done before anybody wrote it down.
CREATE OR REPLACE FUNCTION chorus_task_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.chorus_version := OLD.chorus_version + 1;
    NEW.updated_at := now();
    NEW.completed_at := CASE WHEN NEW.status <> 'done' THEN NULL ELSE COALESCE(NEW.completed_at, now()) END;
    RETURN NEW;
END $$;

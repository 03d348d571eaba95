-- Databases that share a search cluster, or follow each other on one, do not give the same numbers to different customers.
DO $$
BEGIN
    EXECUTE format('ALTER TABLE customers ALTER COLUMN number RESTART WITH %s', 1000000 + floor(random() * 2000000000)::bigint);
END
$$;

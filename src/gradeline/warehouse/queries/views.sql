-- lock --
-- Wait until no other process changes views; the lock ends with the transaction
SELECT pg_advisory_xact_lock(hashtextextended('gradeline views', 0));

-- descriptions --
-- Each view in our schema with its description, which ends with a digest of its query
SELECT c.relname, obj_description(c.oid, 'pg_class')
FROM pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v';

-- drop --
-- Drop a view, so that its columns may change
DROP VIEW IF EXISTS {name};

-- create --
-- Create a view that runs with the rights of whoever queries it
CREATE VIEW {name} WITH (security_invoker = true) AS {select};

-- describe --
-- Set a view's description, with the digest of its query
COMMENT ON VIEW {name} IS {description};

-- lock --
-- One process at a time makes views
SELECT pg_advisory_xact_lock(hashtextextended('gradeline views', 0));

-- there --
-- Every view of ours with its description, which carries digests of its query and of the code that made it
SELECT c.relname, obj_description(c.oid, 'pg_class')
FROM pg_class AS c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v';

-- drop --
-- Take a view away, so that its columns may change
DROP VIEW IF EXISTS {name};

-- create --
-- A view that runs with the rights of whoever asks
CREATE VIEW {name} WITH (security_invoker = true) AS {select};

-- describe --
-- What the view is, with the digests of its query and of the code that made it
COMMENT ON VIEW {name} IS {mark};

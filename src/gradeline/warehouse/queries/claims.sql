-- claim --
-- True when this session now holds the claim on a slice; it ends with the session
SELECT pg_try_advisory_lock(-%(slice_id)s::bigint);

-- release --
-- True when this session held the claim, which it now has released
SELECT pg_advisory_unlock(-%(slice_id)s::bigint);

-- share --
-- Wait until nobody holds the lake exclusively, then share it: many may hold this lock at once
SELECT pg_advisory_lock_shared(hashtextextended('gradeline lake', 0));

-- unshare --
-- Release this session's shared lock on the lake
SELECT pg_advisory_unlock_shared(hashtextextended('gradeline lake', 0));

-- try_lock --
-- True when this session now holds the lake exclusively
SELECT pg_try_advisory_lock(hashtextextended('gradeline lake', 0));

-- lock --
-- Wait until this session holds the lake exclusively
SELECT pg_advisory_lock(hashtextextended('gradeline lake', 0));

-- unlock --
-- Release this session's exclusive lock on the lake
SELECT pg_advisory_unlock(hashtextextended('gradeline lake', 0));

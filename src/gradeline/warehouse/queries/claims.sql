-- claim --
-- True when this session now holds the claim on a slice; it ends with the session
SELECT pg_try_advisory_lock(-%(slice_id)s::bigint);

-- release --
-- True when this session held the claim and holds it no more
SELECT pg_advisory_unlock(-%(slice_id)s::bigint);

-- share --
-- Wait until nobody needs the lake alone, and keep it so: many may hold this at once
SELECT pg_advisory_lock_shared(hashtextextended('gradeline lake', 0));

-- unshare --
-- This session no longer works with the lake
SELECT pg_advisory_unlock_shared(hashtextextended('gradeline lake', 0));

-- try_alone --
-- True when this session has the lake alone from now on
SELECT pg_try_advisory_lock(hashtextextended('gradeline lake', 0));

-- alone --
-- Wait until this session has the lake alone
SELECT pg_advisory_lock(hashtextextended('gradeline lake', 0));

-- leave_alone --
-- Others may work with the lake again
SELECT pg_advisory_unlock(hashtextextended('gradeline lake', 0));

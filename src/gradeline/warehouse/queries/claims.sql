-- claim --
-- True when this session now holds the claim on a slice; it ends with the session
SELECT pg_try_advisory_lock(-%(slice_id)s::bigint);

-- let_go --
-- True when this session held the claim and holds it no more
SELECT pg_advisory_unlock(-%(slice_id)s::bigint);

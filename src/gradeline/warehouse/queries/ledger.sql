-- plan --
-- Store slices that should exist: new and changed ones become planned, others stay
INSERT INTO slices AS old (
    slice_id, source, stream, "window", planned_fingerprint, starts_at, ends_at, detail, by_run, open
)
SELECT
    new.slice_id, new.source, new.stream, new.slice_window,
    new.fingerprint, new.starts_at, new.ends_at, new.detail::jsonb, new.by_run, new.open
FROM unnest(
    %(ids)s::bigint[], %(sources)s::text[], %(streams)s::text[], %(windows)s::text[],
    %(fingerprints)s::text[], %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(details)s::text[],
    %(by_run)s::boolean[], %(open)s::boolean[]
) AS new (
    slice_id, source, stream, slice_window, fingerprint, starts_at, ends_at, detail, by_run, open
)
LEFT JOIN slices AS now USING (slice_id)
WHERE
    now.slice_id IS NULL
    OR now.gone_at IS NOT NULL
    OR new.by_run > now.by_run
    OR (now.planned_fingerprint, now.starts_at, now.ends_at, now.detail, now.open)
    IS DISTINCT FROM (new.fingerprint, new.starts_at, new.ends_at, new.detail::jsonb, new.open)
-- In one order, so that two runs that plan at once never wait for each other in a circle.
ORDER BY new.slice_id
ON CONFLICT (source, stream, "window") DO UPDATE SET
    starts_at = excluded.starts_at,
    ends_at = excluded.ends_at,
    detail = excluded.detail,
    -- A run's window stays one when a backfill asks for it too.
    by_run = old.by_run OR excluded.by_run,
    open = excluded.open,
    gone_at = NULL,
    planned_fingerprint = excluded.planned_fingerprint,
    state = CASE WHEN old.planned_fingerprint = excluded.planned_fingerprint THEN old.state ELSE 'planned' END,
    tries = CASE WHEN old.planned_fingerprint = excluded.planned_fingerprint THEN old.tries ELSE 0 END,
    reason = CASE WHEN old.planned_fingerprint = excluded.planned_fingerprint THEN old.reason END,
    released = old.released AND old.planned_fingerprint = excluded.planned_fingerprint,
    held_received
    = CASE WHEN old.planned_fingerprint = excluded.planned_fingerprint THEN old.held_received END,
    held_quarantined
    = CASE WHEN old.planned_fingerprint = excluded.planned_fingerprint THEN old.held_quarantined END,
    planned_at = now(),
    updated_at = now();

-- find_settled --
-- Slices of a stream that are loaded with a fingerprint, the first of them first
SELECT slice_id
FROM slices
WHERE
    source = %(source)s AND stream = %(stream)s AND planned_fingerprint = %(fingerprint)s
    AND fingerprint = planned_fingerprint
ORDER BY name COLLATE "C";

-- entries --
-- Entries in the order of their names, optionally of one source, of some states or of some ids
SELECT
    slice_id, source, stream, "window" AS slice_window, state, starts_at, ends_at, detail,
    by_run, open, planned_fingerprint, landed_fingerprint, raw_keys, tries, reason,
    held_received, held_quarantined, released, gone_at,
    fingerprint, received, stored, already_there, quarantined, checksum, fact_key,
    loaded_raw_keys, courses, earliest, latest, planned_at, landed_at, loaded_at, updated_at,
    forgotten, raw_gone_at, raw_gone_why, notes
FROM slices
WHERE
    (%(source)s::text IS NULL OR source = %(source)s)
    AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s))
    AND (%(ids)s::bigint[] IS NULL OR slice_id = ANY(%(ids)s))
ORDER BY source COLLATE "C", stream COLLATE "C", "window" COLLATE "C";

-- lock --
-- Keep others from settling or loading this slice until the transaction ends
SELECT name FROM slices WHERE slice_id = %(slice_id)s FOR UPDATE;

-- mark_landed --
-- Record that the raw objects of one version of a slice are in the lake
UPDATE slices SET
    state = CASE WHEN planned_fingerprint = %(fingerprint)s THEN 'landed' ELSE state END,
    landed_fingerprint = %(fingerprint)s,
    raw_keys = %(raw_keys)s,
    forgotten = %(forgotten)s,
    raw_gone_at = NULL,
    raw_gone_why = NULL,
    landed_at = now(),
    updated_at = now()
WHERE slice_id = %(slice_id)s;

-- ended --
-- Record that a try ended as failed or not_ready, with its reason
UPDATE slices SET
    state = %(state)s,
    reason = %(reason)s,
    tries = tries + 1,
    landed_fingerprint = CASE WHEN %(ask_again)s THEN NULL ELSE landed_fingerprint END,
    updated_at = now()
WHERE slice_id = %(slice_id)s;

-- hold --
-- Hold a version with too many broken records. What was loaded before stays
UPDATE slices SET
    state = CASE WHEN planned_fingerprint = %(fingerprint)s THEN 'held' ELSE 'planned' END,
    landed_fingerprint = %(fingerprint)s,
    raw_keys = %(raw_keys)s,
    landed_at = coalesce(landed_at, now()),
    held_received = %(received)s,
    held_quarantined = %(quarantined)s,
    reason = %(reason)s,
    tries = tries + 1,
    updated_at = now()
WHERE slice_id = %(slice_id)s;

-- settle --
-- Make this version the loaded one; if another one was planned meanwhile, work remains
UPDATE slices SET
    state = CASE
        WHEN planned_fingerprint <> %(fingerprint)s THEN 'planned'
        WHEN %(received)s = 0 THEN 'empty'
        ELSE 'loaded'
    END,
    reason = NULL,
    tries = tries + 1,
    held_received = NULL,
    held_quarantined = NULL,
    fingerprint = %(fingerprint)s,
    received = %(received)s,
    stored = %(stored)s,
    already_there = %(already_there)s,
    quarantined = %(quarantined)s,
    checksum = %(checksum)s,
    fact_key = %(fact_key)s,
    loaded_raw_keys = CASE WHEN landed_fingerprint = %(fingerprint)s THEN raw_keys ELSE '{}' END,
    courses = %(courses)s,
    earliest = %(earliest)s,
    latest = %(latest)s,
    notes = %(notes)s,
    loaded_at = now(),
    updated_at = now()
WHERE slice_id = %(slice_id)s
RETURNING state;

-- replan --
-- Plan settled slices again although nothing changed
UPDATE slices SET state = 'planned', tries = 0, reason = NULL, planned_at = now(), updated_at = now()
WHERE slice_id = ANY(%(ids)s) AND state IN ('loaded', 'empty') AND gone_at IS NULL;

-- release --
-- Plan a held slice again; it is not held for the same content again
UPDATE slices SET
    state = 'planned', released = true, tries = 0, reason = NULL,
    held_received = NULL, held_quarantined = NULL, updated_at = now()
WHERE slice_id = %(slice_id)s AND state = 'held';

-- drop_held --
-- Drop the held version of a slice: what was loaded before stays, or the slice is empty
UPDATE slices SET
    state = CASE WHEN received > 0 THEN 'loaded' ELSE 'empty' END,
    reason = %(reason)s,
    fingerprint = coalesce(fingerprint, planned_fingerprint),
    loaded_at = coalesce(loaded_at, now()),
    held_received = NULL, held_quarantined = NULL,
    updated_at = now()
WHERE slice_id = %(slice_id)s AND state = 'held';

-- drop_gone --
-- Drop all of a slice that its source no longer has; if it comes back it is read again
UPDATE slices SET
    state = 'empty', reason = %(reason)s, planned_fingerprint = '', fingerprint = '',
    landed_fingerprint = NULL, raw_keys = '{}', loaded_raw_keys = '{}',
    held_received = NULL, held_quarantined = NULL, released = false,
    received = 0, stored = 0, already_there = 0, quarantined = 0,
    checksum = NULL, fact_key = NULL, courses = NULL, earliest = NULL, latest = NULL,
    loaded_at = now(), updated_at = now()
WHERE slice_id = %(slice_id)s AND gone_at IS NOT NULL;

-- mark_gone --
-- Mark the slices that a source no longer has; return those newly marked
UPDATE slices SET gone_at = now(), updated_at = now()
WHERE source = %(source)s AND gone_at IS NULL AND NOT slice_id = ANY(%(keep)s::bigint[])
RETURNING slice_id;

-- snapshot --
-- The fact object of every slice that is loaded
SELECT slice_id, source, stream, "window" AS slice_window, fact_key, courses, checksum, stored
FROM slices
WHERE fact_key IS NOT NULL
ORDER BY source COLLATE "C", stream COLLATE "C", "window" COLLATE "C";

-- keys --
-- The keys of all lake objects that the ledger names
SELECT fact_key FROM slices WHERE fact_key IS NOT NULL
UNION
SELECT unnest(raw_keys || loaded_raw_keys) FROM slices;

-- record_erasure --
-- Record that learners were erased from a slice: its new objects and lower counts
UPDATE slices SET
    raw_keys = %(raw_keys)s,
    loaded_raw_keys = %(loaded_raw_keys)s,
    landed_fingerprint = CASE WHEN %(raw_keys)s::text[] = '{}' THEN NULL ELSE landed_fingerprint END,
    raw_gone_at = CASE WHEN %(raws_lost)s THEN now() ELSE raw_gone_at END,
    raw_gone_why = CASE WHEN %(raws_lost)s THEN 'forgotten' ELSE raw_gone_why END,
    forgotten = forgotten + %(forgotten)s,
    fact_key = CASE WHEN stored = %(rows)s THEN NULL ELSE %(fact_key)s END,
    checksum = %(checksum)s,
    stored = stored - %(rows)s,
    quarantined = quarantined - %(broken)s,
    received = received - %(rows)s - %(broken)s,
    state = CASE WHEN state = 'loaded' AND received = %(rows)s + %(broken)s THEN 'empty' ELSE state END,
    updated_at = now()
WHERE slice_id = %(slice_id)s;

-- release_raws --
-- Drop the raw objects of slices that were loaded before an instant; return their keys
WITH old AS (
    SELECT slice_id, raw_keys || loaded_raw_keys AS keys
    FROM slices
    WHERE
        state IN ('loaded', 'empty') AND NOT open AND loaded_at < %(before)s
        AND fingerprint = planned_fingerprint AND raw_keys || loaded_raw_keys <> '{}'
    FOR UPDATE
)
UPDATE slices SET
    raw_keys = '{}', loaded_raw_keys = '{}', landed_fingerprint = NULL,
    raw_gone_at = now(), raw_gone_why = 'retention', updated_at = now()
FROM old
WHERE slices.slice_id = old.slice_id
RETURNING old.keys;

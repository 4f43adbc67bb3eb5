-- User properties into their two tables. {…} are expressions made of field_mappings.yaml.

-- ask --
-- Ask for a transform; the id of its report
SELECT ask_transform(%(source)s, %(login)s)::text;

-- pending --
-- Reports that nobody has begun, the first asked for first
SELECT report_id::text FROM transform_reports WHERE status = 'pending' ORDER BY asked_at, report_id;

-- read --
-- One report
SELECT
    report_id::text, source, status, asked_by, asked_at, started_at, ended_at, slices, migrated,
    permanent, changeable, left_rows, error
FROM transform_reports
WHERE report_id = %(report_id)s;

-- begin --
-- Begin, or go on after a kill
UPDATE transform_reports SET status = 'running', started_at = coalesce(started_at, now())
WHERE report_id = %(report_id)s AND status IN ('pending', 'running');

-- count --
-- Add what was done in this transaction
UPDATE transform_reports SET
    slices = slices + 1,
    migrated = migrated + %(migrated)s,
    permanent = permanent + %(permanent)s,
    changeable = changeable + %(changeable)s
WHERE report_id = %(report_id)s;

-- end --
-- Store how it ended
UPDATE transform_reports SET
    status = CASE WHEN %(error)s::text IS NULL THEN 'done' ELSE 'failed' END,
    ended_at = now(),
    error = %(error)s,
    left_rows = %(left_rows)s::jsonb
WHERE report_id = %(report_id)s AND status IN ('pending', 'running');

-- name_people --
-- Say who the rows are about that were posted without saying so, as field_mappings.yaml finds out
UPDATE tmp_user_properties AS u SET ehr_id = found.ehr_id
FROM (
    SELECT u.uuid, {ehr_id} AS ehr_id
    FROM tmp_user_properties AS u
    LEFT JOIN events_part AS e USING (uuid)
    LEFT JOIN tmp_event_properties AS p USING (uuid)
    WHERE
        u.slice_id = ANY(
            ARRAY(
                SELECT slice_id FROM slices
                WHERE source = 'posted' AND stream = 'tmp_user_properties'
            )
        )
        AND u.ehr_id IS NULL AND NOT u.migrated
) AS found
WHERE u.uuid = found.uuid AND found.ehr_id IS NOT NULL;

-- waiting --
-- Slices with rows to move, in the order of their names
SELECT s.slice_id
FROM slices AS s
WHERE
    (%(source)s = 'all' OR split_part(s.source, ':', 1) = %(source)s)
    AND EXISTS (
        SELECT FROM tmp_user_properties AS u
        WHERE u.slice_id = s.slice_id AND NOT u.migrated AND u.ehr_id IS NOT NULL
    )
ORDER BY s.name COLLATE "C";

-- observe --
-- All that a slice tells of the people of whom it has rows to move: who, when, what
CREATE TEMPORARY TABLE observed ON COMMIT DROP AS
SELECT
    u.ehr_id, coalesce(e.event_time, s.starts_at, s.loaded_at) AS at, u.uuid,
    {permanent} AS permanent, {changeable} AS changeable
FROM (
    -- By a window: the planner, which knows nothing of new rows, would look each person up.
    SELECT
        uuid, slice_id, ehr_id, user_properties,
        bool_or(NOT migrated) OVER (PARTITION BY ehr_id) AS waits
    FROM tmp_user_properties
    WHERE slice_id = %(slice_id)s AND ehr_id IS NOT NULL
) AS u
JOIN slices AS s USING (slice_id)
LEFT JOIN events_part AS e USING (uuid)
WHERE u.waits AND u.user_properties IS NOT NULL AND u.user_properties <> '{{}}';

-- analyze --
-- Let the planner know how much there is
ANALYZE observed;

-- analyze_staged --
-- The same of what is merged
ANALYZE staged_permanent_user_properties, staged_changeable_user_properties;

-- permanent --
-- Each person as the latest row tells of them, for loading
CREATE TEMPORARY TABLE staged_permanent_user_properties ON COMMIT DROP AS
SELECT DISTINCT ON (ehr_id)
    %(slice_id)s::bigint AS slice_id, ehr_id, at AS known_at, permanent AS properties
FROM observed
ORDER BY ehr_id, at DESC, uuid DESC;

-- changeable --
-- Each instant at which what is known of a person changed within the slice, for loading
CREATE TEMPORARY TABLE staged_changeable_user_properties ON COMMIT DROP AS
SELECT DISTINCT ON (ehr_id, at)
    %(slice_id)s::bigint AS slice_id, ehr_id, at AS changed_at, changeable AS properties
FROM (
    SELECT *, lag(changeable) OVER (PARTITION BY ehr_id ORDER BY at, uuid) AS before FROM observed
) AS observed_before
WHERE before IS NULL OR before <> changeable
ORDER BY ehr_id, at, uuid DESC;

-- delete_outdated --
-- Delete changes of these people that the slice, with more of it known, no longer tells
DELETE FROM changeable_user_properties AS old
WHERE
    old.slice_id = %(slice_id)s
    AND old.ehr_id IN (SELECT ehr_id FROM observed)
    AND NOT EXISTS (
        SELECT FROM staged_changeable_user_properties AS new
        WHERE new.ehr_id = old.ehr_id AND new.changed_at = old.changed_at
    );

-- mark --
-- Say that rows were moved
UPDATE tmp_user_properties SET migrated = true
WHERE slice_id = %(slice_id)s AND NOT migrated AND ehr_id IS NOT NULL;

-- clean --
-- Drop what one slice needed
DROP TABLE observed;

-- left_rows --
-- How many rows are left, since nobody says who they are about
SELECT count(*)
FROM tmp_user_properties AS u
JOIN slices AS s USING (slice_id)
WHERE
    NOT u.migrated AND u.ehr_id IS NULL
    AND (%(source)s = 'all' OR split_part(s.source, ':', 1) = %(source)s);

-- Rows of a slice. {table}, {staged}, {columns} … are filled in as identifiers from the RowTable.

-- table_state --
-- Whether row security binds us in the table, and whether rows of the slice are in it
SELECT
    row_security_active(%(table_name)s::text),
    EXISTS (SELECT FROM {table} WHERE slice_id = %(slice_id)s);

-- copy --
-- Copy rows in PostgreSQL's binary format
COPY {table} ({columns}) FROM STDIN WITH (FORMAT binary);

-- stage --
-- Create a temporary table with columns of the table, without its keys and indexes
CREATE TEMPORARY TABLE {staged} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA;

-- analyze --
-- Let the planner know how many rows are staged
ANALYZE {staged};

-- any_known --
-- Whether one of these keys, each of one column, is in the table
SELECT EXISTS (SELECT FROM {table} WHERE {key} = ANY(%(keys)s));

-- known --
-- Staged keys that are in the table
SELECT {key} FROM {staged} AS new
WHERE EXISTS (SELECT FROM {table} AS old WHERE {same_key})
LIMIT %(most)s;

-- once --
-- Whether no staged key occurs twice
SELECT NOT EXISTS (SELECT FROM {staged} GROUP BY {key} HAVING count(*) > 1);

-- unstage --
-- Drop the temporary table
DROP TABLE {staged};

-- delete_outdated --
-- Delete rows of the slice that its new version no longer has
DELETE FROM {table} AS old
WHERE
    old.slice_id = %(slice_id)s
    AND NOT EXISTS (SELECT FROM {staged} AS new WHERE {same_key});

-- merge --
-- Insert new rows and update changed ones; equal ones are not touched. Counts both kinds
WITH incoming AS ({incoming}),
written AS (
    INSERT INTO {table} AS old ({columns})
    SELECT {columns} FROM incoming
    ON CONFLICT ({key}) {on_conflict}
    -- A row version that this command inserted was never locked; one it changed was.
    RETURNING (xmax = 0) AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written;

-- keep --
-- On a known key of a table that has only key columns
DO NOTHING

-- update --
-- On a known key of the same slice
DO UPDATE SET {changes} WHERE ({old_values}) IS DISTINCT FROM ({new_values})

-- update_by_name --
-- On a known key that slices share: the slice with the greater name counts, in any order of loading
DO UPDATE SET {changes} WHERE ({old_values}) IS DISTINCT FROM ({new_values}) AND (
    old.slice_id = excluded.slice_id
    OR (SELECT name FROM slices WHERE slices.slice_id = old.slice_id) COLLATE "C"
    < (SELECT name FROM slices WHERE slices.slice_id = excluded.slice_id) COLLATE "C"
)

-- update_newer --
-- On a known key that slices share: the later instant counts, then the greater name, in any order
DO UPDATE SET {changes} WHERE ({old_values}) IS DISTINCT FROM ({new_values}) AND (
    old.slice_id = excluded.slice_id
    OR coalesce(old.{newest}, '-infinity') < coalesce(excluded.{newest}, '-infinity')
    OR (
        old.{newest} IS NOT DISTINCT FROM excluded.{newest}
        AND (SELECT name FROM slices WHERE slices.slice_id = old.slice_id) COLLATE "C"
        < (SELECT name FROM slices WHERE slices.slice_id = excluded.slice_id) COLLATE "C"
    )
)

-- all_staged --
-- All staged rows, where no two of them can have the same key
SELECT {columns} FROM {staged}

-- last_staged --
-- Of staged rows with the same key, the last one
SELECT DISTINCT ON ({key}) {columns} FROM {staged} ORDER BY {key}, ctid DESC

-- delete_slice --
-- Delete all rows of a slice
DELETE FROM {table} WHERE slice_id = %(slice_id)s;

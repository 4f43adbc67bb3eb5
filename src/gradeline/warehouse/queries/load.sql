-- Rows of a slice. {table}, {staged}, {columns} … are filled in as identifiers from the RowTable.

-- table_state --
-- Whether row security binds us in the table, and whether rows of the slice are in it
SELECT
    row_security_active(%(table_name)s::text),
    EXISTS (SELECT FROM {table} WHERE slice_id = %(slice_id)s);

-- copy --
-- Rows in PostgreSQL's own binary form
COPY {table} ({columns}) FROM STDIN WITH (FORMAT binary);

-- stage --
-- A temporary table with the columns of the real one and nothing else of it
CREATE TEMPORARY TABLE {staged} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA;

-- look --
-- Let the planner know how much waits
ANALYZE {staged};

-- any_known --
-- Whether one of these keys, each of one column, is in the table
SELECT EXISTS (SELECT FROM {table} WHERE {key} = ANY(%(keys)s));

-- known --
-- Those of the staged keys that are in the table
SELECT {key} FROM {staged} AS new
WHERE EXISTS (SELECT FROM {table} AS old WHERE {same_key})
LIMIT %(most)s;

-- once --
-- Whether no staged key comes twice
SELECT NOT EXISTS (SELECT FROM {staged} GROUP BY {key} HAVING count(*) > 1);

-- unstage --
-- The temporary table has done its work
DROP TABLE {staged};

-- take_away --
-- Rows of the slice that its new version no longer has
DELETE FROM {table} AS old
WHERE
    old.slice_id = %(slice_id)s
    AND NOT EXISTS (SELECT FROM {staged} AS new WHERE {same_key});

-- merge --
-- New rows go in, changed ones are changed, equal ones are not touched; how many of each kind
WITH incoming AS ({incoming}),
written AS (
    INSERT INTO {table} AS old ({columns})
    SELECT {columns} FROM incoming
    ON CONFLICT ({key}) {on_conflict}
    -- A row version that this command inserted was never locked; one it changed was.
    RETURNING (xmax = 0) AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written;

-- leave --
-- What happens to a known key when a row is nothing but its key
DO NOTHING

-- change --
-- What happens to a known key of the same slice
DO UPDATE SET {changes} WHERE ({old_values}) IS DISTINCT FROM ({new_values})

-- change_by_name --
-- What happens to a known key when slices share keys: the slice with the greater name is believed, whichever came last
DO UPDATE SET {changes} WHERE ({old_values}) IS DISTINCT FROM ({new_values}) AND (
    old.slice_id = excluded.slice_id
    OR (SELECT name FROM slices WHERE slices.slice_id = old.slice_id) COLLATE "C"
    < (SELECT name FROM slices WHERE slices.slice_id = excluded.slice_id) COLLATE "C"
)

-- all_incoming --
-- Staged rows, when no two of them can have one key
SELECT {columns} FROM {staged}

-- last_incoming --
-- Of staged rows with one key the one that came last
SELECT DISTINCT ON ({key}) {columns} FROM {staged} ORDER BY {key}, ctid DESC

-- forget --
-- Take away all rows of a slice
DELETE FROM {table} WHERE slice_id = %(slice_id)s;

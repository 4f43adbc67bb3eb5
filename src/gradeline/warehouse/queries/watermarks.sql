-- watermarks --
-- Stream → the instant up to which runs of a source have settled every window, without a gap
WITH own AS (
    SELECT
        stream, starts_at, ends_at,
        state IN ('loaded', 'empty') AND NOT open AS done,
        lag(ends_at) OVER (PARTITION BY stream ORDER BY starts_at, ends_at) AS before
    FROM slices
    WHERE source = %(source)s AND by_run AND ends_at IS NOT NULL
)
SELECT
    stream,
    coalesce(
        min(CASE WHEN before < starts_at THEN before ELSE starts_at END)
        FILTER (WHERE NOT done OR before < starts_at),
        max(ends_at)
    ) AS watermark
FROM own
GROUP BY stream;

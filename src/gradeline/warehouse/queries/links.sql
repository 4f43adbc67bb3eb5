-- ls --
-- Links of ids across sources, optionally of one source or one learner
SELECT source, external_id, learner_id
FROM learner_links
WHERE
    (%(source)s::text IS NULL OR source = %(source)s)
    AND (%(learner_id)s::text IS NULL OR learner_id = %(learner_id)s)
ORDER BY learner_id COLLATE "C", source COLLATE "C", external_id COLLATE "C";

-- add --
-- Insert links and correct those of another learner; equal ones are not touched
INSERT INTO learner_links AS old (source, external_id, learner_id, linked_by)
SELECT source, external_id, learner_id, %(by)s::text
FROM unnest(%(sources)s::text[], %(external_ids)s::text[], %(learner_ids)s::text[])
AS new (source, external_id, learner_id)
ON CONFLICT (source, external_id) DO UPDATE
SET learner_id = excluded.learner_id, linked_by = excluded.linked_by, linked_at = now()
WHERE old.learner_id <> excluded.learner_id;

-- remove --
-- Delete the links of these learners
DELETE FROM learner_links WHERE learner_id = ANY(%(learners)s);

-- remove_links --
-- Delete links of these ids
DELETE FROM learner_links
WHERE (source, external_id) IN (
    SELECT source, external_id
    FROM unnest(%(sources)s::text[], %(external_ids)s::text[]) AS gone (source, external_id)
);

-- courses --
-- What published results hold of these learners in each course
SELECT learner_id, course_id, attempts, submitted
FROM progress_summary
WHERE learner_id = ANY(%(learners)s)
ORDER BY course_id COLLATE "C", learner_id COLLATE "C";

-- lock --
-- Make others who write links wait until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('gradeline links', 0));

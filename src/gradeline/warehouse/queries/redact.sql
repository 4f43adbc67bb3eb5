-- What is kept of messages and runs, without a learner who is forgotten.

-- names --
-- The names under which results know these learners
SELECT DISTINCT name FROM progress_summary WHERE learner_id = ANY(%(learners)s) AND name IS NOT NULL;

-- messages --
-- Content and error of messages in which one of these texts (in lower case) stands
SELECT message_id, jsonb_build_object('content', content, 'error', error)
FROM messages
WHERE EXISTS (
    SELECT FROM unnest(%(names)s::text[]) AS known (name)
    WHERE strpos(lower(content::text || coalesce(error, '')), known.name) > 0
);

-- store_message --
-- Replace content and error of a message
UPDATE messages SET content = %(texts)s::jsonb -> 'content', error = %(texts)s::jsonb ->> 'error'
WHERE message_id = %(number)s;

-- runs --
-- Summaries of runs in which one of these texts stands
SELECT run_id, summary
FROM runs
WHERE EXISTS (
    SELECT FROM unnest(%(names)s::text[]) AS known (name)
    WHERE strpos(lower(summary::text), known.name) > 0
);

-- store_run --
-- Replace the summary of a run
UPDATE runs SET summary = %(texts)s::jsonb WHERE run_id = %(number)s;

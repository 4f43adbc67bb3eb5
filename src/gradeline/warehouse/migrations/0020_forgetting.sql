-- Learners who asked to be forgotten, and raw bytes that are no more.

ALTER TABLE slices
ADD COLUMN forgotten bigint NOT NULL DEFAULT 0 CHECK (forgotten >= 0),
ADD COLUMN raw_gone_at timestamptz,
ADD COLUMN raw_gone_why text,
ADD CONSTRAINT slices_raw_gone_with_a_word CHECK ((raw_gone_at IS NULL) = (raw_gone_why IS NULL));
COMMENT ON COLUMN slices.forgotten IS 'Records of forgotten learners that were left out of its raw bytes; received does not count them';
COMMENT ON COLUMN slices.raw_gone_at IS 'Since when its raw bytes are no longer kept: it cannot be read again without its source';
COMMENT ON COLUMN slices.raw_gone_why IS 'retention: they were older than RAW_RETENTION_DAYS; forgotten: they could not be rewritten without a learner';

CREATE TABLE forgotten (
    source text NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    forgotten_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, digest)
);
COMMENT ON TABLE forgotten IS 'Who must never come in again, by a keyed hash: nothing here says who it is';
COMMENT ON COLUMN forgotten.source IS 'The source whose id or e-mail it is; empty for the id that all sources share';
COMMENT ON COLUMN forgotten.digest IS 'HMAC-SHA256 of kind, source and id, with the key of forgotten_key';

CREATE TABLE forgotten_key (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
    key bytea NOT NULL CHECK (length(key) = 32)
);
COMMENT ON TABLE forgotten_key IS 'The key of those hashes; made with the first of them, read by loading and backups alone';

CREATE TABLE forgetting (
    what text NOT NULL CHECK (what IN ('objects', 'documents')),
    name text NOT NULL,
    PRIMARY KEY (what, name)
);
COMMENT ON TABLE forgetting IS 'What is left to do of a forgetting: it outlives a killed process';
COMMENT ON COLUMN forgetting.name IS 'objects: the source whose unnamed objects go at once; documents: the course to write anew';

SELECT protect_table('forgotten'), protect_table('forgotten_key'), protect_table('forgetting');
-- The key opens the hashes to guessing, so readers and doors see neither.
DROP POLICY readers ON forgotten_key;
DROP POLICY app ON forgotten_key;
CREATE POLICY backup ON forgotten_key FOR SELECT TO gradeline_backup USING (true);

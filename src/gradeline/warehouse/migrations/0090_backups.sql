-- Backups: what became of each, so that a missed, failed or shrunken one is told.

CREATE TABLE backups (
    backup_id text PRIMARY KEY CHECK (backup_id <> ''),
    place text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    rows bigint CHECK (rows >= 0),
    dump_bytes bigint CHECK (dump_bytes >= 0),
    objects bigint CHECK (objects >= 0),
    object_bytes bigint CHECK (object_bytes >= 0),
    problem text CHECK (problem <> ''),
    CHECK (problem IS NOT NULL OR rows IS NOT NULL)
);
CREATE INDEX backups_started_at ON backups (started_at);
COMMENT ON TABLE backups IS 'What became of each backup; a copy of it in a backup ends before that one';
COMMENT ON COLUMN backups.place IS 'Where backups are: a folder or a bucket';
COMMENT ON COLUMN backups.rows IS 'Rows of all tables; null = it ended before it was made';
COMMENT ON COLUMN backups.dump_bytes IS 'Size of the dump of the database';
COMMENT ON COLUMN backups.objects IS 'Objects of the lake and files of people in it';
COMMENT ON COLUMN backups.object_bytes IS 'Their size together';
COMMENT ON COLUMN backups.problem IS 'What a person has to look at; null = it is good';

SELECT protect_table('backups');

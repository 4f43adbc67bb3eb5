-- Keys that sign links: shared by all hosts of an installation.

CREATE TABLE signing_keys (
    key_id text PRIMARY KEY CHECK (key_id <> ''),
    secret bytea NOT NULL CHECK (octet_length(secret) = 32),
    made_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz
);
CREATE UNIQUE INDEX signing_keys_signs ON signing_keys ((true)) WHERE retired_at IS NULL;
COMMENT ON TABLE signing_keys IS 'Keys that sign links';
COMMENT ON COLUMN signing_keys.secret IS 'Made at random, or from SIGNING_SECRET, from which it tells nothing';
COMMENT ON COLUMN signing_keys.retired_at IS 'Since when it signs no more; it verifies what it signed for a week more, and unsubscribing always';

SELECT protect_private_table('signing_keys');

-- The ledger of slices, what could not be understood of them, and who is who across sources.

CREATE TABLE slices (
    slice_id bigint PRIMARY KEY CHECK (slice_id > 0),
    source text NOT NULL CHECK (source <> '' AND strpos(source, '/') = 0),
    stream text NOT NULL CHECK (stream <> '' AND strpos(stream, '/') = 0),
    "window" text NOT NULL CHECK ("window" <> ''),
    name text NOT NULL GENERATED ALWAYS AS (source || '/' || stream || '/' || "window") STORED,
    starts_at timestamptz,
    ends_at timestamptz,
    detail jsonb NOT NULL DEFAULT '{}',
    -- where the work stands
    state text NOT NULL DEFAULT 'planned' CHECK (
        state IN ('planned', 'landed', 'loaded', 'empty', 'not_ready', 'failed', 'held')
    ),
    planned_fingerprint text NOT NULL,
    landed_fingerprint text,
    raw_keys text[] NOT NULL DEFAULT '{}',
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    reason text,
    held_received bigint CHECK (held_received >= 0),
    held_quarantined bigint CHECK (held_quarantined >= 0),
    released boolean NOT NULL DEFAULT false,
    gone_at timestamptz,
    -- what is loaded and readable, whatever the work above does next
    fingerprint text,
    received bigint NOT NULL DEFAULT 0 CHECK (received >= 0),
    stored bigint NOT NULL DEFAULT 0 CHECK (stored >= 0),
    already_there bigint NOT NULL DEFAULT 0 CHECK (already_there >= 0),
    quarantined bigint NOT NULL DEFAULT 0 CHECK (quarantined >= 0),
    checksum text,
    fact_key text,
    loaded_raw_keys text[] NOT NULL DEFAULT '{}',
    courses text[],
    earliest timestamptz,
    latest timestamptz,
    planned_at timestamptz NOT NULL DEFAULT now(),
    landed_at timestamptz,
    loaded_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT slices_named_once UNIQUE (source, stream, "window"),
    -- The law. The counts speak of what is loaded, so it holds in every state, not in two.
    CONSTRAINT slices_law CHECK (received = stored + already_there + quarantined),
    CONSTRAINT slices_settled CHECK (
        state NOT IN ('loaded', 'empty') OR (loaded_at IS NOT NULL AND fingerprint IS NOT NULL)
    ),
    CONSTRAINT slices_empty CHECK (state <> 'empty' OR (received = 0 AND fact_key IS NULL)),
    CONSTRAINT slices_facts CHECK (stored = 0 OR fact_key IS NOT NULL),
    CONSTRAINT slices_held CHECK (
        state <> 'held' OR (held_received IS NOT NULL AND held_quarantined IS NOT NULL)
    )
);
COMMENT ON TABLE slices IS 'The ledger: where the work on each slice stands, and what of it is loaded';
COMMENT ON COLUMN slices.slice_id IS 'The first 63 bits of the SHA-256 of its name: the same in every database';
COMMENT ON COLUMN slices.name IS 'source/stream/window, as the column slice of its facts says';
COMMENT ON COLUMN slices.detail IS 'What the source wants back when it is asked for the slice';
COMMENT ON COLUMN slices.planned_fingerprint IS 'Hash of all that its content depends on now; work is done when that is settled';
COMMENT ON COLUMN slices.landed_fingerprint IS 'The fingerprint that raw_keys were fetched for';
COMMENT ON COLUMN slices.raw_keys IS 'Raw objects fetched last';
COMMENT ON COLUMN slices.tries IS 'Tries that ended, since it was planned with this fingerprint';
COMMENT ON COLUMN slices.reason IS 'Why it failed, is not ready, is held or was dropped';
COMMENT ON COLUMN slices.held_received IS 'Records in the reading that was held';
COMMENT ON COLUMN slices.held_quarantined IS 'Broken ones among them';
COMMENT ON COLUMN slices.released IS 'A person let this content pass: it is not held again';
COMMENT ON COLUMN slices.gone_at IS 'Since when its source no longer has it; what is loaded still counts';
COMMENT ON COLUMN slices.fingerprint IS 'The fingerprint of what is loaded';
COMMENT ON COLUMN slices.fact_key IS 'The lake object that holds its facts';
COMMENT ON COLUMN slices.loaded_raw_keys IS 'Raw objects that its facts were read from';
COMMENT ON COLUMN slices.courses IS 'Courses its facts touch; null = cannot tell: all';
COMMENT ON COLUMN slices.earliest IS 'Oldest instant among its facts';
COMMENT ON COLUMN slices.latest IS 'Newest instant among its facts';

CREATE TABLE quarantine (
    quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slice_id bigint NOT NULL REFERENCES slices,
    place text NOT NULL,
    reason text NOT NULL,
    reason_code text NOT NULL GENERATED ALWAYS AS (btrim(split_part(reason, ':', 1))) STORED,
    raw bytea NOT NULL,
    digest bytea NOT NULL GENERATED ALWAYS AS (sha256(raw)) STORED,
    of_held boolean NOT NULL DEFAULT false,
    noted_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    resolution text CHECK (resolution IN ('read_again', 'dropped')),
    CONSTRAINT quarantine_closed_with_a_word CHECK ((closed_at IS NULL) = (resolution IS NULL))
);
CREATE INDEX quarantine_open ON quarantine (slice_id) WHERE closed_at IS NULL;
COMMENT ON TABLE quarantine IS 'Records that could not be understood, whole, with their place and the reason';
COMMENT ON COLUMN quarantine.place IS 'Where it stood: file, line, column, or path in the document';
COMMENT ON COLUMN quarantine.reason_code IS 'The reason before its first colon';
COMMENT ON COLUMN quarantine.raw IS 'The bytes as received';
COMMENT ON COLUMN quarantine.of_held IS 'It belongs to a reading that is held, not to what is loaded';
COMMENT ON COLUMN quarantine.resolution IS 'read_again: a later reading no longer breaks on it; dropped: a person dropped the slice';

CREATE TABLE learner_links (
    source text NOT NULL,
    external_id text NOT NULL,
    learner_id text NOT NULL,
    PRIMARY KEY (source, external_id)
);
CREATE INDEX learner_links_learner ON learner_links (learner_id);
COMMENT ON TABLE learner_links IS 'One person known to several sources: the ids of each become one learner_id';

SELECT protect_table('slices'), protect_table('quarantine'), protect_table('learner_links');

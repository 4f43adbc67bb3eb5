-- Delivery: who gets what, and what went to whom.

CREATE TABLE recipients (
    recipient_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel text NOT NULL,
    address text NOT NULL,
    resolved_address text NOT NULL,
    what text NOT NULL CHECK (what IN ('course-report', 'daily-figures', 'run-result', 'alert')),
    role text NOT NULL CHECK (role IN ('admin', 'reader')),
    categories text[] NOT NULL DEFAULT '{}',
    courses text[] NOT NULL DEFAULT '{}',
    language text NOT NULL,
    cron text NOT NULL DEFAULT '',
    next_at timestamptz CHECK ((next_at IS NULL) = (cron = '')),
    origin text NOT NULL CHECK (origin IN ('command', 'settings')),
    added_by text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    paused_at timestamptz,
    paused_because text,
    UNIQUE (channel, resolved_address, what),
    CHECK ((paused_at IS NULL) = (paused_because IS NULL))
);
COMMENT ON TABLE recipients IS 'Who gets what, through which channel, in which language and when';
COMMENT ON COLUMN recipients.address IS 'As a person wrote it';
COMMENT ON COLUMN recipients.resolved_address IS 'As the channel keeps it: for Slack the id of a channel, not its name';
COMMENT ON COLUMN recipients.role IS 'What they may see: reader = figures without names, small cells hidden';
COMMENT ON COLUMN recipients.categories IS 'With courses: the only ones they get; both empty = every course';
COMMENT ON COLUMN recipients.cron IS 'When, as a cron line in school time; empty = after each run';
COMMENT ON COLUMN recipients.origin IS 'settings: named by a setting such as RECIPIENT_EMAIL, and gone with it';
COMMENT ON COLUMN recipients.paused_because IS 'Why nothing goes there until a person says so: the service refused the address';

CREATE TABLE messages (
    message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient_id bigint REFERENCES recipients ON DELETE SET NULL,
    channel text NOT NULL,
    address text NOT NULL,
    what text NOT NULL,
    content jsonb NOT NULL DEFAULT '{}',
    build_id bigint REFERENCES builds,
    state text NOT NULL DEFAULT 'waiting' CHECK (
        state IN ('waiting', 'sending', 'sent', 'unknown', 'refused', 'failed', 'dropped')
    ),
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_try_at timestamptz NOT NULL DEFAULT now(),
    done_steps jsonb NOT NULL DEFAULT '{}',
    provider_id text,
    url text,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    tried_since timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX messages_open ON messages (next_try_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX messages_recipient ON messages (recipient_id);
COMMENT ON TABLE messages IS 'Each message to one recipient, and how far it got';
COMMENT ON COLUMN messages.content IS 'What its text needs that is kept nowhere else, such as the result of a run';
COMMENT ON COLUMN messages.build_id IS 'The newest build when it was planned';
COMMENT ON COLUMN messages.state IS 'sending: a try began; unknown: the service may have taken it; dropped: what it was about changed, or the right to it ended';
COMMENT ON COLUMN messages.tried_since IS 'Since when it is tried; after a day of tries it has failed';
COMMENT ON COLUMN messages.done_steps IS 'Steps that the service took: step → its id there; no later try repeats them';

CREATE TABLE deliveries (
    channel text NOT NULL,
    address text NOT NULL,
    what text NOT NULL,
    document text NOT NULL,
    occasion text NOT NULL,
    message_id bigint NOT NULL REFERENCES messages ON DELETE CASCADE,
    PRIMARY KEY (channel, address, what, document, occasion)
);
CREATE INDEX deliveries_message ON deliveries (message_id);
COMMENT ON TABLE deliveries IS 'Which document goes to whom at which occasion, once';
COMMENT ON COLUMN deliveries.document IS 'A course id; a school day; a run';
COMMENT ON COLUMN deliveries.occasion IS 'The due instant of a schedule, or a digest of the document';

CREATE TABLE runs (
    run_id text PRIMARY KEY,
    ended_at timestamptz NOT NULL,
    summary jsonb NOT NULL
);
CREATE INDEX runs_ended_at ON runs (ended_at);
COMMENT ON TABLE runs IS 'How each run ended, as messages tell it';

SELECT
    protect_table('recipients'),
    protect_table('messages'),
    protect_table('deliveries'),
    protect_table('runs');

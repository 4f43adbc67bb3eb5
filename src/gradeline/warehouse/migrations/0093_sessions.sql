-- Sessions of people who are signed in on the page; their secrets are kept nowhere, their hashes are.

CREATE TABLE sessions (
    session_hash bytea PRIMARY KEY CHECK (octet_length(session_hash) = 32),
    staff_id bigint REFERENCES staff ON DELETE CASCADE,
    login text NOT NULL DEFAULT '',
    via text NOT NULL CHECK (via IN ('link', 'yandex')),
    began_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_of_staff ON sessions (staff_id);
COMMENT ON TABLE sessions IS 'People who are signed in on the page';
COMMENT ON COLUMN sessions.session_hash IS 'SHA-256 of the secret in the cookie, which is 32 random bytes and kept nowhere';
COMMENT ON COLUMN sessions.staff_id IS 'Whose it is; null with an empty login: an administrator without a name';
COMMENT ON COLUMN sessions.login IS 'Under which Yandex knows the person; empty: they came by a link';
COMMENT ON COLUMN sessions.seen_at IS 'The last request, to ten minutes';
COMMENT ON COLUMN sessions.expires_at IS 'It ends then even while it is used';

SELECT protect_private_table('sessions');

-- Signing in: tokens of scripts, and one-time links; neither is kept, their hashes are.

CREATE TABLE api_tokens (
    token_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    shown_as text NOT NULL UNIQUE,
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    staff_id bigint REFERENCES staff ON DELETE CASCADE,
    role text CHECK (role IN ('admin', 'curator', 'reader', 'guest')),
    groups text[] NOT NULL DEFAULT '{}',
    warehouse text NOT NULL CHECK (warehouse IN ('none', 'read', 'write')),
    made_by text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CHECK ((staff_id IS NULL) <> (role IS NULL))
);
COMMENT ON TABLE api_tokens IS 'Tokens that scripts sign in with';
COMMENT ON COLUMN api_tokens.shown_as IS 'How the token begins, which is no secret';
COMMENT ON COLUMN api_tokens.token_hash IS 'SHA-256 of the token, which is 32 random bytes and kept nowhere';
COMMENT ON COLUMN api_tokens.staff_id IS 'As whom it acts, with the rights of that person on each day; null: it has a role of its own';
COMMENT ON COLUMN api_tokens.role IS 'guest: no figures, only what warehouse says';
COMMENT ON COLUMN api_tokens.groups IS 'Of a curator the own ones; of a reader the only ones, none = all';
COMMENT ON COLUMN api_tokens.warehouse IS 'What it may do with tables and files of the warehouse; write includes read';
COMMENT ON COLUMN api_tokens.last_used_at IS 'To the hour';

CREATE TABLE sign_in_links (
    link_hash bytea PRIMARY KEY CHECK (octet_length(link_hash) = 32),
    staff_id bigint REFERENCES staff ON DELETE CASCADE,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
COMMENT ON TABLE sign_in_links IS 'One-time links that sign a person in';
COMMENT ON COLUMN sign_in_links.link_hash IS 'SHA-256 of its code, which is 32 random bytes and kept nowhere';
COMMENT ON COLUMN sign_in_links.staff_id IS 'Whom it signs in; null: an administrator without a name, for a school that has none yet';

SELECT protect_private_table('api_tokens'), protect_private_table('sign_in_links');

-- lock --
-- One process at a time decides which key signs
LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE;

-- ls --
-- Every key, the one that signs first
SELECT key_id, secret, retired_at FROM signing_keys
ORDER BY retired_at DESC NULLS FIRST, key_id;

-- retire --
-- Let every other key sign no more
UPDATE signing_keys SET retired_at = now() WHERE retired_at IS NULL AND key_id <> %(key_id)s;

-- insert --
-- Let a key sign, from now on or again
INSERT INTO signing_keys (key_id, secret) VALUES (%(key_id)s, %(secret)s)
ON CONFLICT (key_id) DO UPDATE SET retired_at = NULL WHERE signing_keys.retired_at IS NOT NULL;

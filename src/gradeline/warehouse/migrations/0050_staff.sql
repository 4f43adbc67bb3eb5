-- Staff: who works at the school, as what, and which groups they look after.

-- Personal data of the staff: no entry point and no SQL shell reads it.
CREATE FUNCTION protect_private_table(protected regclass) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('CREATE POLICY loader ON %s TO gradeline_loader USING (true) WITH CHECK (true)', protected);
    EXECUTE format('CREATE POLICY backup ON %s FOR SELECT TO gradeline_backup USING (true)', protected);
END
$$;
COMMENT ON FUNCTION protect_private_table(regclass) IS 'Gives a table row security under which only runs and backups see its rows';

CREATE TABLE staff (
    staff_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text UNIQUE CHECK (login <> ''),
    email text UNIQUE CHECK (email <> ''),
    chat text UNIQUE CHECK (chat <> ''),
    role text NOT NULL CHECK (role IN ('admin', 'curator', 'reader')),
    language text NOT NULL,
    added_by text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    CHECK (coalesce(login, email, chat) IS NOT NULL)
);
COMMENT ON TABLE staff IS 'Who works at the school: gives roles to people whose sign-in carries none';
COMMENT ON COLUMN staff.login IS 'Their name at Yandex ID or another sign-in, in lower case';
COMMENT ON COLUMN staff.email IS 'In lower case; a teacher''s line of groups.csv with it gives them that group';
COMMENT ON COLUMN staff.chat IS 'The id of their chat with the Telegram bot';
COMMENT ON COLUMN staff.role IS 'admin: everything; curator: own groups; reader: figures without names';

CREATE TABLE staff_groups (
    staff_id bigint NOT NULL REFERENCES staff ON DELETE CASCADE,
    group_id text NOT NULL CHECK (group_id <> ''),
    PRIMARY KEY (staff_id, group_id)
);
COMMENT ON TABLE staff_groups IS 'Which groups a curator was given by a command; groups.csv gives further ones';

SELECT protect_private_table('staff'), protect_private_table('staff_groups');

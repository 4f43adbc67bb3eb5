-- What reading a slice found out that people should know, such as the encoding of its files
ALTER TABLE slices ADD COLUMN notes jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN slices.notes IS 'What reading it showed: under encodings, each text file with the name of its encoding and by: found, set or guessed';

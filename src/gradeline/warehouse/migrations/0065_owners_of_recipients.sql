-- Recipients belong to the person of the staff who added them: when they are gone, nothing is sent.

ALTER TABLE recipients ADD COLUMN owner_id bigint;
COMMENT ON COLUMN recipients.owner_id IS 'The admin of the staff who added it, gone or not; null = whoever runs Gradeline';

-- Windows of time: which of them move a source's watermark, and which may still change.

ALTER TABLE slices
ADD COLUMN by_run boolean NOT NULL DEFAULT false,
ADD COLUMN open boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN slices.by_run IS 'A run planned it for itself: once settled it moves the watermark; a backfill''s never does';
COMMENT ON COLUMN slices.open IS 'Its content may still change: the watermark stays before it';

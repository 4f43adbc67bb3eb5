-- When and by whom each link between learners was made.

ALTER TABLE learner_links
ADD COLUMN linked_at timestamptz NOT NULL DEFAULT now(),
ADD COLUMN linked_by text;
COMMENT ON COLUMN learner_links.linked_at IS 'When the link was made';
COMMENT ON COLUMN learner_links.linked_by IS 'Who made it: the account of this machine; null where it is not known';

-- The groups that tags of LearnWorlds name, one on each line.
ALTER TABLE learnworlds_users ADD COLUMN groups text;
ALTER TABLE learnworlds_suspended ADD COLUMN groups text;
COMMENT ON COLUMN learnworlds_users.groups IS 'Groups that tags name (LEARNWORLDS_GROUP_TAGS), one on each line';
COMMENT ON COLUMN learnworlds_suspended.groups IS 'Groups that tags name (LEARNWORLDS_GROUP_TAGS), one on each line';

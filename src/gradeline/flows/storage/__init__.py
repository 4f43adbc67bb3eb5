"""Files of people in the configured store: read, written, deleted and uploaded by name."""

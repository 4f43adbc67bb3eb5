"""What practising words means: judging answers, choosing words, rating learners and words."""

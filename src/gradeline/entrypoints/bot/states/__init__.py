"""Where a conversation can be: what the next text of the learner means."""

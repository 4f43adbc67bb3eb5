"""The vocabulary bot's work that no chat waits for: the dictionary, the daily update of levels."""

"""The twin of the LearnWorlds API."""

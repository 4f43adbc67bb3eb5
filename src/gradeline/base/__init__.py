"""What every package builds on: errors, clock, logs, languages, named SQL."""

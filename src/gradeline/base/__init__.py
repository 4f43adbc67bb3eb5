"""What every room stands on: errors, clock, logs, languages. Imports nothing of ours."""

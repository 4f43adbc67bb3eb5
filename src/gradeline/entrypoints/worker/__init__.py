"""The worker: what goes on by itself as long as the process lives."""

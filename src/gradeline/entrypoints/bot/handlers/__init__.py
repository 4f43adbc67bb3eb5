"""Conversations, one module each: `router()` returns what takes its updates."""

"""Linking, exporting and forgetting one learner."""

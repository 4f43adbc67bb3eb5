"""Flows: each moves data one step, takes the parts it needs and returns what it did."""

"""Moves: each carries data one step between rooms, takes what it needs, returns what it did."""

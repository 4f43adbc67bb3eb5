"""How deep a JSON document is, whatever its depth: a function that calls itself would not end."""

from __future__ import annotations


def json_depth(value: object) -> int:
    """Return how many objects and arrays stand within each other; of a single value 0."""
    level, depth = [value], 0
    while nested := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [
            inner
            for each in nested
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth

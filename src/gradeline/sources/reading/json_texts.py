"""Columns of JSON as the texts that they are, and whether such a text may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.sources.reading.flags import any_true

#: Deeper JSON is refused: no program writes it, and readers fail on it.
DEEPEST = 64
#: A number with more digits than PostgreSQL may have.
_HUGE = r"[:,\[]\s*-?[0-9.]+[eE][+-]?[0-9]{5}"
#: Shorter texts cannot be too deep: each level takes two characters.
_MAY_BE_DEEP = 2 * DEEPEST


def text_column(texts: Sequence[msgspec.Raw]) -> pa.Array:
    """Return texts as they stand, None for JSON's null; they are copied once, all together."""
    ends = pa.array(list(accumulate(map(len, texts), initial=0)), pa.int32())
    joined = pa.py_buffer(b"".join(texts))
    column = pa.Array.from_buffers(pa.string(), len(texts), [None, ends.buffers()[1], joined])
    return pc.if_else(pc.equal(column, "null"), None, column)


def may_be_wrong(texts: pa.Array) -> bool:
    """Whether one of these texts may be no object, too deep, or hold too great a number."""
    column = texts.unique()  # most rows repeat the properties of others
    not_objects = pc.invert(pc.starts_with(column, "{"))
    if any_true(not_objects) or any_true(pc.match_substring_regex(column, _HUGE)):
        return True
    long = column.filter(pc.greater(pc.binary_length(column), _MAY_BE_DEEP))
    opened = pc.add(pc.count_substring(long, "{"), pc.count_substring(long, "["))
    return any_true(pc.greater(opened, DEEPEST))

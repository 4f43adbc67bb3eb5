"""Facts of some learners: which rows of a fact file name them."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.streams import SLICE_COLUMN
from gradeline.sources.erasure.learners import Who


def rows_of(batch: pa.RecordBatch, fields: Collection[str], who: Who) -> pa.Array:
    """For each row whether it names one of these learners.

    In a learner's column it is their id; in any other text what means them beyond doubt.
    """
    ids = pa.array(sorted({*who.ids, *who.emails}), pa.string())
    found = [pa.repeat(pa.scalar(value=False), batch.num_rows)]
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == SLICE_COLUMN:
            continue
        if name in fields and pa.types.is_integer(column.type):
            column = column.cast(pa.string())
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            continue
        if name in fields:
            found.append(pc.is_in(column.cast(pa.string()), ids))
        found.append(pc.fill_null(pc.match_substring_regex(column, who.anywhere), False))
    return reduce(pc.or_, found)

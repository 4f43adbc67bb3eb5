"""Find the rows of a fact file that name some learners."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.streams import SLICE_COLUMN
from gradeline.sources.erasure.learners import LearnerIds
from gradeline.sources.id_columns import normalize_array


def match_rows(batch: pa.RecordBatch, fields: Collection[str], learners: LearnerIds) -> pa.Array:
    """Return a boolean for each row: whether it names one of these learners.

    Args:
        batch: rows of facts.
        fields: the columns that hold learners; there their ids match.
        learners: whom to look for; in other text columns only what means them beyond doubt matches.
    """
    ids = pa.array(sorted({*learners.ids, *learners.emails}), pa.string())
    found = [pa.repeat(pa.scalar(value=False), batch.num_rows)]
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == SLICE_COLUMN:
            continue
        if name in fields and pa.types.is_integer(column.type):
            column = column.cast(pa.string())
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            continue
        if name in fields:
            # Facts that an earlier version wrote may have other spellings.
            found.append(pc.is_in(normalize_array(column.cast(pa.string())), ids))
        found.append(pc.fill_null(pc.match_substring_regex(column, learners.anywhere), False))
    return reduce(pc.or_, found)

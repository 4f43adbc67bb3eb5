"""Ids of whole columns in their one spelling (`records.ids`): as SQL of DuckDB and for Arrow."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.ids import BLANK_ENDS, SURELY_NORMAL, normalize_id


def normalized_sql(text: str) -> str:
    """Return SQL for a text in its one spelling; NULL where nothing is left."""
    # DuckDB's NFC ends at a NUL; such a text is rejected, and must show why.
    same = f"regexp_full_match({text}, '{SURELY_NORMAL}') OR contains({text}, chr(0))"
    trimmed = f"nullif(nfc_normalize(regexp_replace({text}, '{BLANK_ENDS}', '', 'g')), '')"
    return f"CASE WHEN {same} THEN {text} ELSE {trimmed} END"


def normalize_array(column: pa.Array) -> pa.Array:
    """Return texts in their one spelling, null where nothing is left; most columns stay as is."""
    sure = pc.match_substring_regex(column, f"^(?:{SURELY_NORMAL})$")
    if pc.all(sure, min_count=0).as_py() is not False:
        return column
    texts = {text: normalize_id(text) or None for text in column.unique().to_pylist() if text}
    return pa.array([texts.get(text) for text in column.to_pylist()], pa.string())

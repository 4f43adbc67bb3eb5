"""Numbers that cannot be right are in quarantine, whatever format a file has."""

import io
import json
import math
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

COLUMNS = ("learner_id", "kind", "score", "duration_s", "hints", "at")


def csv_file(rows: Sequence[Sequence[object]]) -> bytes:
    """The rows as CSV."""
    return "\n".join(",".join(map(str, row)) for row in (COLUMNS, *rows)).encode()


def ndjson(rows: Sequence[Sequence[object]]) -> bytes:
    """The rows as lines of JSON, which has no NaN: it is written as text."""
    told = (
        {k: str(v) if isinstance(v, float) and not math.isfinite(v) else v for k, v in each.items()}
        for each in (dict(zip(COLUMNS, row, strict=True)) for row in rows)
    )
    return "\n".join(map(json.dumps, told)).encode()


def parquet(rows: Sequence[Sequence[object]]) -> bytes:
    """The rows as Parquet, numbers as doubles."""
    out = io.BytesIO()
    pq.write_table(pa.table(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))), out)
    return out.getvalue()


FORMATS = {"csv": csv_file, "ndjson": ndjson, "parquet": parquet}
BAD = [
    *(("score", value) for value in (1.5, -0.25, 1000.0, math.nan, math.inf, -math.inf)),
    *(("duration_s", value) for value in (-1.0, math.nan, math.inf)),
    *(("hints", value) for value in (-1.0, math.nan, math.inf)),
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("column", "value"), BAD)
def test_a_number_that_cannot_be_right_costs_its_row(school, form, column, value):
    """Its neighbours, which are all alike, are stored."""
    good = ("a", "answer", 0.5, 2.0, 1.0, "2024-01-05 10:00")
    bad = [*good]
    bad[COLUMNS.index(column)] = value
    school.mapping["attempts"] = f'SELECT _file, _line, {", ".join(COLUMNS[:-1])}, "at" FROM told'
    school.put(f"told.{form}", FORMATS[form]([good, bad, good]))
    read = school.read()
    (broken,) = read.broken
    assert (read.reading.counts.stored, read.reading.counts.quarantined) == (2, 1)
    assert broken.place.startswith(f"told.{form}, line ")
    assert f", column {column}" in broken.place
    assert broken.reason.split(":")[0] in ("bad_number", "out_of_range")


@pytest.mark.parametrize("form", ["csv", "ndjson"])
@pytest.mark.parametrize(("column", "value"), [("score", "0_1"), ("hints", "1_0")])
def test_a_number_with_an_underscore_is_a_slip(school, form, column, value):
    """No digits of `0_1` become another number than 0.1."""
    good = ("a", "answer", 0.5, 2.0, 1.0, "2024-01-05 10:00")
    bad = [*good]
    bad[COLUMNS.index(column)] = value
    school.mapping["attempts"] = f'SELECT _file, _line, {", ".join(COLUMNS[:-1])}, "at" FROM told'
    school.put(f"told.{form}", FORMATS[form]([good, bad]))
    (broken,) = school.read().broken
    assert broken.reason == f"bad_number: {column} is not a number that fits: '{value}'"

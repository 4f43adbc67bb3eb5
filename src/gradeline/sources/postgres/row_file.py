"""Rows of a table as Parquet; rows with bytes that are no text are in a file of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.records.slices import RejectedRecord

Row = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table and how it is selected."""

    name: str
    type_name: str  #: PostgreSQL's own, e.g. `int4`
    arrow: pa.DataType
    form: str  #: the named query that selects it; empty = as it is
    codec: str = ""  #: Python's name for the encoding of its bytes; empty = it comes as a value


class UndecodedRow(msgspec.Struct):
    """A row with bytes that are no text, as a line of JSON keeps it."""

    place: str  #: the cursor's column and value
    codec: str  #: the encoding they are not
    column: str  #: the first one with such bytes
    row: Mapping[str, Any]  #: its values; a byte that is no text is written as `\\xe9`


class NotFinite(Exception):
    """A column of decimals holds NaN, which no decimal of Arrow can be."""

    def __init__(self, column: str) -> None:
        """Take the column's name."""
        super().__init__(column)
        self.column = column


_DECODER = msgspec.json.Decoder(UndecodedRow)


def write_rows(
    batches: Iterator[Sequence[Row]],
    columns: Sequence[Column],
    cursor: str,
    parquet: Path,
    undecoded: Path,
) -> None:
    """Write rows to `parquet`, and those with bytes that are no text to `undecoded`.

    Args:
        batches: the rows, some at once; values stand in the order of `columns`.
        columns: the columns of the table.
        cursor: the column that tells where a row is.
        parquet: takes the rows, with the columns' Arrow types.
        undecoded: takes an `UndecodedRow` a line; where all are text the file is not there.

    Raises:
        NotFinite: a column of decimals holds NaN.
    """
    schema = pa.schema([pa.field(each.name, each.arrow) for each in columns])
    codec = next((column.codec for column in columns if column.codec), "")
    with (
        pq.ParquetWriter(parquet, schema, compression="zstd") as writer,
        undecoded.open("wb") as apart,
    ):
        for rows in batches:
            good = _set_apart(rows, columns, codec, cursor, apart) if codec else rows
            writer.write_batch(_batch(good, schema))
    if not undecoded.stat().st_size:
        undecoded.unlink()


def read_undecoded(path: Path, file: str) -> Iterator[RejectedRecord]:
    """Yield the rows that `write_rows` set apart, as quarantine takes them.

    Args:
        path: the file of them.
        file: what messages call the rows' file.
    """
    with path.open("rb") as lines:
        for line in lines:
            if line.strip():  # a learner who is erased leaves an empty line
                found = _DECODER.decode(line)
                value = str(found.row[found.column])[:100]
                yield RejectedRecord(
                    place=f"{file}, {found.place}, column {found.column}",
                    reason=f"bad_encoding: {found.column} is not {found.codec.upper()}: '{value}'",
                    raw=msgspec.json.encode(found.row),
                )


def _set_apart(
    rows: Sequence[Row], columns: Sequence[Column], codec: str, cursor: str, apart: BinaryIO
) -> list[Row]:
    """Return the rows as text; write those that are none to `apart`."""
    good: list[Row] = []
    for row in rows:
        try:
            good.append([v.decode(codec) if isinstance(v, bytes) else v for v in row])
        except UnicodeDecodeError as error:
            odd = columns[list(row).index(error.object)].name
            values = (_as_json(value, codec) for value in row)
            texts = dict(zip((c.name for c in columns), values, strict=True))
            place = f"{cursor} {texts[cursor]}"
            found = UndecodedRow(place=place, codec=codec, column=odd, row=texts)
            apart.write(msgspec.json.encode(found) + b"\n")
    return good


def _as_json(value: Any, codec: str) -> Any:
    if isinstance(value, bytes):
        return value.decode(codec, "backslashreplace")
    return value if value is None or isinstance(value, bool | int) else str(value)


def _batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema.types)
    arrays = [_array(values, field) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: Sequence[Any], field: pa.Field) -> pa.Array:
    try:
        return pa.array(values, field.type)
    except pa.ArrowInvalid:
        if any(isinstance(value, Decimal) and not value.is_finite() for value in values):
            raise NotFinite(field.name) from None
        raise

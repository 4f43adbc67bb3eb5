"""JSON and NDJSON (also gzipped) as a typed table; records that cannot be stored are rejected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import msgspec

from gradeline.base.errors import InputBroken
from gradeline.sources.reading.rejects import Reject
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular.json_types import Column, Columns
from gradeline.sources.tabular.records import (
    not_records,
    parse,
    records_of,
    refuse_document,
)

#: Values that DuckDB gathers before it writes them, in rows times columns.
_GROUP_VALUES = 4_000_000
_GROUP_ROWS = (2048, 122_880)
_OBJECT_MIN = 4 * 1_048_576
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ELEMENTS = msgspec.json.Decoder(list[msgspec.Raw])


def convert(
    path: Path, name: str, out: Path, reject: Reject, used: frozenset[str] | None = None
) -> None:
    """Write JSON records as Parquet: columns typed by what all records hold, `_line` added.

    `_line` is the line of the file, or for a JSON array the number of the element, from 1. An
    array without elements is an export of nothing: a table without rows, with the columns `used`.

    Raises:
        InputBroken: the file is empty, cut, holds no object, or unfolds without bound.
    """
    clean, again = out.with_suffix(".clean"), out.with_suffix(".again")
    try:
        columns = _write_clean(path, name, clean, reject)
        if not columns.all:
            columns.add_names(dict.fromkeys(sorted(used or ())))
        if columns.rewritten:
            _rewrite(clean, again, columns, path, name)
        _write_parquet(again if columns.rewritten else clean, name, out, columns)
    finally:
        clean.unlink(missing_ok=True)
        again.unlink(missing_ok=True)


def _write_clean(path: Path, name: str, clean: Path, reject: Reject) -> Columns:
    """Write each record that can be stored on a line of its own, with its `_line`."""
    columns = Columns()
    objects, first = 0, ""
    with clean.open("wb") as file:
        for number, raw in records_of(path, name):
            record = parse(raw)
            if record.values is not None:
                objects += 1
            elif not first:
                first = f"record {number}: {record.fault.partition(': ')[2]}"
                if not objects:
                    refuse_document(path, name)
            fault = record.fault or columns.add(record.values or {})
            if fault:
                columns.add_names(record.values or {})
                reject(number, fault, raw)
                continue
            file.write(_numbered(number, record.line) + b"\n")
    if first and not objects:
        why = f"none of its records is an object; {first}"
        raise not_records(name, why, "Save it again with one object for each record.")
    return columns


def _numbered(number: int, line: bytes) -> bytes:
    comma = b"" if line == b"{}" else b","
    return b'{"_line":%d%s%s' % (number, comma, line[1:])


def _rewrite(clean: Path, again: Path, columns: Columns, path: Path, name: str) -> None:
    """Write the records once more, with one spelling of each name and mixed values as JSON text."""
    odd = columns.rewritten
    records = records_of(path, name)
    with clean.open("rb") as lines, again.open("wb") as file:
        for line in lines:
            values: dict[str, Any] = dict(_PARTS.decode(line))
            number = int(bytes(values["_line"]))
            raw = next(raw for at, raw in records if at == number)
            written = _PARTS.decode(raw) if odd & values.keys() else {}
            for key in odd & values.keys():
                del values[key]
                column = columns.by_name[key]
                values[column.name] = _rewritten(bytes(written[key]), column)
            file.write(msgspec.json.encode(values) + b"\n")


def _rewritten(raw: bytes, column: Column) -> Any:
    """Return a value of a column: mixed ones as their JSON text, names as the column has them."""
    raw = raw.strip()
    if raw == b"null":
        return None
    if column.is_json:
        return raw.decode()
    if column.array and column.element is not None:
        return [_rewritten(bytes(each), column.element) for each in _ELEMENTS.decode(raw)]
    if column.names is not None:
        values = column.values() if column.is_map else None
        return {
            key if values else column.names[key.lower()].name: _rewritten(
                bytes(each), values or column.names[key.lower()]
            )
            for key, each in _PARTS.decode(raw).items()
        }
    return msgspec.Raw(parse(b'{"a":%b}' % raw).line[5:-1])


def _longest(clean: Path) -> int:
    """Return how long a line may be: as long as the longest, for DuckDB keeps room for two."""
    with clean.open("rb") as file:
        return max(_OBJECT_MIN, max(map(len, file), default=0))


def _write_parquet(clean: Path, name: str, out: Path, columns: Columns) -> None:
    types = {"_line": "BIGINT"} | {each.name: each.sql_type() for each in columns.all}
    # Mixed values are read as texts and become JSON afterwards: so they keep their characters.
    texts = {"_line": "BIGINT"} | {each.name: each.sql_type("VARCHAR") for each in columns.all}
    read = ", ".join(f"{literal(column)}: {literal(kind)}" for column, kind in texts.items())
    select = ", ".join(
        quoted(column) if kind == texts[column] else f"{quoted(column)}::{kind} AS {quoted(column)}"
        for column, kind in types.items()
    )
    rows = min(max(_GROUP_VALUES // len(types), _GROUP_ROWS[0]), _GROUP_ROWS[1])
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": "256MB"}) as connection:
            connection.execute(
                f"COPY (SELECT {select} FROM read_json(?, format='newline_delimited', "
                f"columns={{{read}}}, maximum_object_size={_longest(clean)})) "
                f"TO {literal(str(out))} (FORMAT parquet, ROW_GROUP_SIZE {rows})",
                [str(clean)],
            )
    except duckdb.Error as error:
        raise InputBroken(f"{name} cannot be read as JSON: {str(error).splitlines()[0]}") from error

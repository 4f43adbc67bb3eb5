"""Which row is wrong, which field of it, and why: row by row, where some of many may be wrong."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
import pyarrow as pa
from msgspec import Meta

from gradeline.base.errors import BadRequest
from gradeline.records.product_tables import ProductTable
from gradeline.sources.posted.body import Rows
from gradeline.sources.product_events.answer_values import NUMBERS, ImpossibleNumber, read_number
from gradeline.sources.product_events.fields import UUID_FORM
from gradeline.sources.reading.json_depth import json_depth
from gradeline.sources.reading.json_texts import DEEPEST
from gradeline.sources.reading.json_values import INT64, ExponentWatch, has_nul, read_instant

#: A date and a time as ISO 8601 writes them, with seconds; without a zone it is of UTC.
INSTANT_FORM = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2}|)"
_INSTANT = re.compile(INSTANT_FORM)
_INT32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
_TYPES: dict[str, Any] = {"bool": bool, "double": float, "int64": INT64, "int32": _INT32}


class RowChecker:
    """Finds what is wrong with rows of one table; for one thread."""

    def __init__(self, table: ProductTable) -> None:
        self._table = table
        self._exponents = ExponentWatch()
        shape = msgspec.defstruct("Row", _fields(table), forbid_unknown_fields=True, gc=False)
        self._decoder = msgspec.json.Decoder(shape, float_hook=self._exponents.read)

    def refuse(self, rows: Rows, first: int) -> None:
        """Raise what is wrong with the first of these rows that is wrong; return if none is.

        Args:
            rows: as they were sent.
            first: the number of the first of them in the body, from 0.

        Raises:
            BadRequest: with the number of the row, and the field.
        """
        for number, row in enumerate(rows, start=first):
            fault = self._fault(bytes(row))
            if fault is not None:
                field, words = fault
                raise bad_row(number, field, words)

    def _fault(self, row: bytes) -> tuple[str, str] | None:
        self._exponents.is_huge = False
        try:
            read = self._decoder.decode(row)
        except msgspec.ValidationError as error:
            return _place_of(str(error))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return "", f"it is not JSON ({error})"
        except RecursionError:
            return "", f"it has more than {DEEPEST} levels"
        if self._exponents.is_huge:
            return "", "a number has more digits than can be kept"
        for field in self._table.schema:
            words = self._value_fault(field, getattr(read, field.name))
            if words is not None:
                return field.name, words
        return None

    def _value_fault(self, field: pa.Field, value: object) -> str | None:
        if isinstance(value, str):
            return _text_fault(field, value)
        if isinstance(value, dict):
            if json_depth(value) > DEEPEST:
                return f"it has more than {DEEPEST} levels"
            return "it holds a NUL character" if has_nul(value) else None
        if field.name in NUMBERS and value is not None:
            try:
                read_number(field.name, str(value))
            except ImpossibleNumber as error:
                return str(error).partition(": ")[2]
        return None


def bad_row(number: int, field: str, words: str) -> BadRequest:
    """Return the error of a row; `field` is empty where it is the row as a whole."""
    where = ("body", "data", number, *((field,) if field else ()))
    return BadRequest(
        f"Row {number}{', ' + field if field else ''}: {words}.",
        hint="Nothing was stored. Correct it and send all rows again.",
        where=where,
    )


def read_posted_instant(text: str) -> datetime | None:
    """Return the instant that a text writes, of UTC if it has no zone; None = it is not a time."""
    return read_instant(text) if _INSTANT.fullmatch(text) else None


def _fields(table: ProductTable) -> list[tuple[str, Any] | tuple[str, Any, None]]:
    fields: list[tuple[str, Any] | tuple[str, Any, None]] = []
    for field in table.schema:
        kind = _TYPES.get(str(field.type), float if pa.types.is_decimal(field.type) else str)
        if field.name in table.json:
            kind = dict[str, Any]
        # Required ones stand first, as a struct wants it.
        fields.append((field.name, kind | None, None) if field.nullable else (field.name, kind))
    return sorted(fields, key=len)


def _text_fault(field: pa.Field, text: str) -> str | None:
    if pa.types.is_timestamp(field.type):
        return None if read_posted_instant(text) else "it is not a time as ISO 8601 writes it"
    if "\0" in text:
        return "it holds a NUL character"
    if field.name == "uuid":
        return None if UUID_FORM.fullmatch(text) else "it is not a UUID"
    return "it is empty" if not field.nullable and not text.strip() else None


def _place_of(message: str) -> tuple[str, str]:
    """Return the field and the words of a message of msgspec."""
    what, _, place = message.partition(" - at `$")
    field = place.rstrip("`").removeprefix(".").partition(".")[0].partition("[")[0]
    missing = re.search(r"(?:unknown|required) field `(\w+)`", what)
    return (missing[1] if missing and not field else field), what[:1].lower() + what[1:]

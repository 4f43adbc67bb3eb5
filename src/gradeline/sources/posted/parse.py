"""Rows of a post to typed columns: many at once where all are right.

Arrow reads all columns but those of JSON, which msgspec cuts out as the texts that they are; both
are strict in the type of each. Where one of many rows may be wrong, each is checked by itself.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from gradeline.records.product_tables import ProductTable
from gradeline.sources.id_columns import normalize_array
from gradeline.sources.posted.body import Rows
from gradeline.sources.posted.check import INSTANT_FORM, RowChecker, bad_row, read_posted_instant
from gradeline.sources.product_events.answer_values import NUMBERS
from gradeline.sources.product_events.fields import IDS, UUID_FORM
from gradeline.sources.reading.flags import all_true, any_true
from gradeline.sources.reading.json_texts import may_be_wrong, text_column

#: Columns of ids, which are stored in one spelling.
_IDS = frozenset({"user_id", *IDS})
#: Instants that a row need not say: when it was posted.
_POSTED_AT = frozenset({"known_at", "changed_at"})
#: A NUL may be in a text that holds this.
_NUL = rb"\u0000"
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _SuspectRows(Exception):
    """Some of the rows may be wrong."""


class RowParser:
    """Parses rows of one table."""

    def __init__(self, table: ProductTable, posted_at: datetime) -> None:
        self._table = table
        self._posted_at = posted_at
        self._checker = RowChecker(table)
        self._json = [name for name in table.schema.names if name in table.json]
        plain = [field for field in table.schema if field.name not in table.json]
        self._parse = pj.ParseOptions(
            explicit_schema=pa.schema([(field.name, _read_as(field)) for field in plain]),
            unexpected_field_behavior="ignore" if self._json else "error",
            newlines_in_values=True,
        )
        shape = msgspec.defstruct(
            "Texts",
            [(name, msgspec.Raw, msgspec.Raw(b"null")) for name in table.schema.names],
            forbid_unknown_fields=True,
            gc=False,
        )
        self._texts = msgspec.json.Decoder(list[shape])  # type: ignore[valid-type]

    def parse(self, rows: Rows, first: int) -> pa.Table:
        """Return the rows with the columns of the table.

        Args:
            rows: as they were sent.
            first: the number of the first of them in the body, from 0.

        Raises:
            BadRequest: one of them is wrong; it says which, and which field.
        """
        try:
            return self._parse_all(rows)
        except _SuspectRows as why:
            self._checker.refuse(rows, first)
            suspect = str(why)
        # What only Arrow finds, such as a key that is given twice.
        if len(rows) == 1:
            raise bad_row(first, "", f"it cannot be read ({suspect or 'its form'})")
        middle = len(rows) // 2
        parts = [self.parse(rows[:middle], first), self.parse(rows[middle:], first + middle)]
        return pa.concat_tables(parts)

    def _parse_all(self, rows: Rows) -> pa.Table:
        text = b"\n".join(rows)
        if _NUL in text:
            raise _SuspectRows
        try:
            plain = pj.read_json(
                pa.py_buffer(text),
                read_options=pj.ReadOptions(use_threads=False, block_size=len(text) + 1),
                parse_options=self._parse,
            )
            plain.validate(full=True)  # bytes that are no UTF-8
        except (pa.ArrowException, UnicodeDecodeError) as error:
            raise _SuspectRows(str(error)) from None
        if plain.num_rows != len(rows):
            raise _SuspectRows("it is several")
        columns = {name: plain[name].combine_chunks() for name in plain.column_names}
        columns |= self._json_columns(rows)
        fitted = [self._fit(field, columns[field.name]) for field in self._table.schema]
        return pa.table(fitted, schema=self._table.schema)

    def _json_columns(self, rows: Rows) -> dict[str, pa.Array]:
        if not self._json:
            return {}
        try:
            read = self._texts.decode(b"[" + b",".join(rows) + b"]")
        except _UNREADABLE:
            raise _SuspectRows from None
        columns = {name: text_column([getattr(row, name) for row in read]) for name in self._json}
        if any(may_be_wrong(column) for column in columns.values()):
            raise _SuspectRows
        return columns

    def _fit(self, field: pa.Field, column: pa.Array) -> pa.Array:
        """Return a column as it is stored."""
        if field.name == "uuid":
            if not all_true(pc.match_substring_regex(column, f"^{UUID_FORM.pattern}$")):
                raise _SuspectRows
            column = pc.utf8_lower(column)
        elif pa.types.is_timestamp(field.type):
            column = _instants(column, field.type)
            if field.name in _POSTED_AT:
                column = pc.fill_null(column, pa.scalar(self._posted_at, field.type))
        elif field.name in NUMBERS:
            column = _number(field, column)
        elif field.name in _IDS:
            column = normalize_array(column)
        if pa.types.is_floating(column.type) and not all_true(pc.is_finite(column)):
            raise _SuspectRows
        if not field.nullable and (column.null_count or any_true(_empty(column))):
            raise _SuspectRows
        return column


def _read_as(field: pa.Field) -> pa.DataType:
    if pa.types.is_timestamp(field.type):
        return pa.string()
    return pa.float64() if pa.types.is_decimal(field.type) else field.type


def _instants(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return times without a zone as instants of UTC, those with one as what they name."""
    if not all_true(pc.match_substring_regex(column, f"^{INSTANT_FORM}$")):
        raise _SuspectRows
    for way in (kind, pa.timestamp("us")):  # all with a zone, or all without one
        try:
            return column.cast(way).cast(kind)
        except pa.ArrowInvalid:
            continue
    read = [None if text is None else read_posted_instant(text) for text in column.to_pylist()]
    if read.count(None) != column.null_count:
        raise _SuspectRows
    return pa.array(read, kind)


def _number(field: pa.Field, column: pa.Array) -> pa.Array:
    rule = NUMBERS[field.name]
    most = 10**rule.whole if rule.most is None else rule.most
    if any_true(pc.or_(pc.less(column, 0), pc.greater(column, most))):
        raise _SuspectRows
    if not pa.types.is_decimal(field.type):
        return column
    try:
        return pc.round(column, ndigits=rule.places).cast(field.type)
    except pa.ArrowInvalid:
        raise _SuspectRows from None


def _empty(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        return pc.equal(pc.utf8_trim_whitespace(column), "")
    return pa.array([], pa.bool_())

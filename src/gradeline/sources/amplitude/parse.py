"""Lines to typed columns: many at once where all are right, else one by one to find which is not.

Arrow reads all fields but the properties, which msgspec cuts out as the texts they are; both refuse
a value of another type. Neither holds Python's lock for most of its time, so two threads parse
twice as fast.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from gradeline.sources.amplitude.validate import EventValidator
from gradeline.sources.product_events.fields import FACTS, FIELDS, REQUIRED, UUID_FORM, Kind
from gradeline.sources.reading.flags import all_true, any_true
from gradeline.sources.reading.json_texts import may_be_wrong, text_column
from gradeline.sources.reading.json_values import read_instant

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.TIME: pa.string(),
    Kind.INT: pa.int64(),
    Kind.FLOAT: pa.float64(),
    Kind.FLAG: pa.bool_(),
}
_OBJECTS = [field for field in FIELDS if field.kind is Kind.OBJECT]
_TIMES = [field for field in FIELDS if field.kind is Kind.TIME]
_PLAIN = [field for field in FIELDS if field.kind is not Kind.OBJECT]
_PARSE = pj.ParseOptions(
    explicit_schema=pa.schema([(field.key, _TYPES[field.kind]) for field in _PLAIN]),
    unexpected_field_behavior="ignore",
)
#: A NUL or half of a character may be in a text that holds one of these.
_SUSPECT_ESCAPES = (rb"\u0000", rb"\ud", rb"\uD")
#: So many lines are validated one by one; more are halved first.
_VALIDATED_SINGLY = 32

#: What msgspec raises.
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class SuspectLines(Exception):
    """Some of the lines may be wrong: they have to be validated one by one."""


@dataclass(frozen=True, kw_only=True)
class ParsedEvents:
    """Events of some lines, in their order."""

    records: pa.Table  #: the columns of FACTS that are fields of events
    rows: list[int] | None  #: which lines they come from; None = all
    broken: list[tuple[int, str]]  #: lines that cannot be used, and why
    lines: list[bytes] | None  #: the lines, where some are broken


class _LineResults:
    """Lines of which some are wrong, and what is known of each so far."""

    def __init__(self, lines: list[bytes], none: pa.Table) -> None:
        self.lines = lines
        self.validator = EventValidator()
        self.broken: list[tuple[int, str]] = []
        self._rows: list[int] = []
        self._parts = [none]

    def text(self, rows: Sequence[int]) -> bytes:
        """Join these lines."""
        return b"\n".join([self.lines[row] for row in rows])

    def add_sound(self, rows: Sequence[int], events: ParsedEvents) -> None:
        """Add the events of lines that are all right."""
        self._rows += rows
        self._parts.append(events.records)

    def to_events(self) -> ParsedEvents:
        """Return what is right and what is not, each in the order of the lines."""
        records = pa.concat_tables(self._parts).combine_chunks()
        return ParsedEvents(
            records=records.take(pc.array_sort_indices(pa.array(self._rows, pa.int64()))),
            rows=sorted(self._rows),
            broken=sorted(self.broken),
            lines=self.lines,
        )


class EventParser:
    """Parses NDJSON events into an Arrow table (fields of FACTS). Thread-safe."""

    def __init__(self) -> None:
        shape = msgspec.defstruct(
            "Objects",
            [(field.name, msgspec.Raw, msgspec.Raw(b"null")) for field in _OBJECTS],
            rename={field.name: field.key for field in _OBJECTS},
            gc=False,
        )
        self._decoder = msgspec.json.Decoder(shape)

    def parse(self, text: bytes) -> ParsedEvents:
        """Return the events of these lines, and which lines cannot be used."""
        try:
            return self._parse_all(text)
        except SuspectLines:
            results = _LineResults(split(text), self._parse_all(b"").records)
        # Most often a line that was cut is all that is wrong.
        readable = [row for row, line in enumerate(results.lines) if self._decodes(line)]
        for row in sorted(set(range(len(results.lines))) - set(readable)):
            self._validate(results, [row])
        if len(readable) < len(results.lines):
            self._parse_some(results, readable)
        else:
            self._halve(results, readable)
        return results.to_events()

    def _decodes(self, line: bytes) -> bool:
        try:
            self._decoder.decode(line)
        except _UNREADABLE:
            return False
        return True

    def _parse_some(self, results: _LineResults, rows: Sequence[int]) -> None:
        """Parse some lines; where one of them is wrong by halves, and in the end one by one."""
        try:
            results.add_sound(rows, self._parse_all(results.text(rows)))
        except SuspectLines:
            self._halve(results, rows)

    def _halve(self, results: _LineResults, rows: Sequence[int]) -> None:
        if len(rows) <= _VALIDATED_SINGLY:
            self._validate(results, rows)
            return
        middle = len(rows) // 2
        self._parse_some(results, rows[:middle])
        self._parse_some(results, rows[middle:])

    def _validate(self, results: _LineResults, rows: Sequence[int]) -> None:
        """Find what is wrong with each of these lines; parse those without a fault."""
        faults = {row: results.validator.find_fault(results.lines[row]) for row in rows}
        results.broken += [(row, fault) for row, fault in faults.items() if fault is not None]
        sound = [row for row, fault in faults.items() if fault is None]
        try:
            results.add_sound(sound, self._parse_all(results.text(sound), validated=True))
        except SuspectLines as why:  # such as a key that is given twice
            if len(sound) == 1:
                results.broken.append((sound[0], f"not_json: {why}"))
                return
            for row in sound:
                self._validate(results, [row])

    def _parse_all(self, text: bytes, *, validated: bool = False) -> ParsedEvents:
        # The single character is looked for first: that is ten times faster.
        if not validated and b"\\" in text and any(e in text for e in _SUSPECT_ESCAPES):
            raise SuspectLines
        _refuse_other_bytes(text)
        columns = self._objects(text)
        plain = _plain(text)
        if plain.num_rows != len(columns["event_properties"]):
            raise SuspectLines("its lines are not its records")
        if not validated:
            _check_values(columns, plain)
        for field in _PLAIN:
            column = plain[field.key].combine_chunks()
            columns[field.name] = _instants(column) if field.kind is Kind.TIME else column
        columns["uuid"] = pc.utf8_lower(columns["uuid"])
        shape = pa.schema([FACTS.field(field.name) for field in FIELDS])
        return ParsedEvents(
            records=pa.table([columns[name] for name in shape.names], schema=shape),
            rows=None,
            broken=[],
            lines=None,
        )

    def _objects(self, text: bytes) -> dict[str, pa.Array]:
        """Return every column of properties as the texts that they are."""
        try:
            rows = self._decoder.decode_lines(text)
        except _UNREADABLE:
            raise SuspectLines from None
        columns = zip(*map(msgspec.structs.astuple, rows), strict=True) if rows else repeat(())
        return {
            field.name: text_column(texts) for field, texts in zip(_OBJECTS, columns, strict=False)
        }


def split(text: bytes) -> list[bytes]:
    """Return the lines that hold anything."""
    return [line for line in text.split(b"\n") if line.strip()]


def _refuse_other_bytes(text: bytes) -> None:
    """Refuse bytes that are not UTF-8, which Arrow takes in a text of JSON.

    Raises:
        SuspectLines: there are some.
    """
    ends = pa.py_buffer(struct.pack("=2i", 0, len(text)))
    whole = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(text)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        raise SuspectLines("its bytes are not UTF-8") from None


def _plain(text: bytes) -> pa.Table:
    """Return all fields but the properties; strict in the type of each."""
    if not text.strip():
        return pa.table({field.key: pa.array([], _TYPES[field.kind]) for field in _PLAIN})
    how = pj.ReadOptions(use_threads=False, block_size=len(text) + 1)
    try:
        return pj.read_json(pa.py_buffer(text), read_options=how, parse_options=_PARSE)
    except pa.ArrowException as error:
        raise SuspectLines(str(error)) from None


def _check_values(objects: dict[str, pa.Array], plain: pa.Table) -> None:
    """Find values that only the validator can tell right from wrong.

    Raises:
        SuspectLines: there are some.
    """
    if any(may_be_wrong(texts) for texts in objects.values()):
        raise SuspectLines
    for name in REQUIRED:
        if plain[name].null_count or any_true(pc.equal(plain[name], "")):
            raise SuspectLines
    if not all_true(pc.match_substring_regex(plain["uuid"], f"^{UUID_FORM.pattern}$")):
        raise SuspectLines


def _instants(column: pa.Array) -> pa.Array:
    """Return times without a zone as instants of UTC, those with one as what they name."""
    kind = FACTS.field("event_time").type
    try:
        return column.cast(pa.timestamp("us")).cast(kind)
    except pa.ArrowInvalid:
        read = [None if text is None else read_instant(text) for text in column.to_pylist()]
    if read.count(None) != column.null_count:
        raise SuspectLines
    return pa.array(read, kind)

"""Lines to typed columns: many at once where all are right, else one by one to find which is not.

Arrow reads all but the properties, which are kept as the text they are; both readers refuse
whatever is not of its kind. Neither holds Python's lock for most of its time, so two threads
read twice as fast.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from gradeline.sources.amplitude_fields import FACTS, FIELDS, REQUIRED, UUID_FORM, Kind
from gradeline.sources.amplitude_judge import DEEPEST, Judge, instant

_SAID = {
    Kind.TEXT: pa.string(),
    Kind.TIME: pa.string(),
    Kind.INT: pa.int64(),
    Kind.FLOAT: pa.float64(),
    Kind.FLAG: pa.bool_(),
}
_OBJECTS = [each for each in FIELDS if each.kind is Kind.OBJECT]
_TIMES = [each for each in FIELDS if each.kind is Kind.TIME]
_PLAIN = [each for each in FIELDS if each.kind is not Kind.OBJECT]
_PARSE = pj.ParseOptions(
    explicit_schema=pa.schema([(each.key, _SAID[each.kind]) for each in _PLAIN]),
    unexpected_field_behavior="ignore",
)
#: A NUL or half of a sign may be in a text that holds one of these.
_DOUBTFUL = (rb"\u0000", rb"\ud", rb"\uD")
#: In a number, more digits than PostgreSQL may have.
_HUGE = r"[:,\[]\s*-?[0-9.]+[eE][+-]?[0-9]{5}"
#: So many lines are looked at one by one; of more, half and half.
_JUDGED_SINGLY = 32
#: Shorter properties cannot be too deep: each level takes two signs.
_MAY_BE_DEEP = 2 * DEEPEST


class Doubtful(Exception):
    """Something is wrong with some of the lines."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Records of some lines, in their order."""

    records: pa.Table  #: the fields, without what the mappings say
    events: list[bytes | None]  #: event_properties, once more as bytes
    users: list[bytes | None]  #: user_properties, once more as bytes
    rows: list[int] | None  #: which lines they come from; null = all
    broken: list[tuple[int, str]]  #: lines that cannot be used, and why
    lines: list[bytes] | None  #: the lines, where some are broken


class _SortedOut:
    """Lines of which some are wrong, as they are sorted out."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.judge = Judge()
        self.broken: list[tuple[int, str]] = []
        self._rows: list[int] = []
        self._parts: list[Typed] = []

    def good(self, start: int, end: int, typed: Typed) -> None:
        """These lines are all right."""
        self._rows += range(start, end)
        self._parts.append(typed)

    def typed(self, none: Typed) -> Typed:
        """All that is right, and what is not; `none` are the records of no line."""
        parts = self._parts or [none]
        return Typed(
            records=pa.concat_tables([each.records for each in parts]).combine_chunks(),
            events=[one for each in parts for one in each.events],
            users=[one for each in parts for one in each.users],
            rows=self._rows,
            broken=self.broken,
            lines=self.lines,
        )


class Typist:
    """Types lines; threads may share one."""

    def __init__(self) -> None:
        shape = msgspec.defstruct(
            "Objects",
            [(each.name, msgspec.Raw, msgspec.Raw(b"null")) for each in _OBJECTS],
            rename={each.name: each.key for each in _OBJECTS},
            gc=False,
        )
        self._decoder = msgspec.json.Decoder(shape)

    def typed(self, text: bytes) -> Typed:
        """The records of these lines, and which of them cannot be used."""
        try:
            return self._many(text)
        except Doubtful:
            lines = split(text)
        sorted_out = _SortedOut(lines)
        self._halve(sorted_out, 0, len(lines))
        return sorted_out.typed(self._many(b""))

    def _halve(self, out: _SortedOut, start: int, end: int) -> None:
        """Type some lines; where one of them is wrong in halves, and in the end one by one."""
        try:
            out.good(start, end, self._many(b"\n".join(out.lines[start:end])))
        except Doubtful:
            if end - start > _JUDGED_SINGLY:
                middle = (start + end) // 2
                self._halve(out, start, middle)
                self._halve(out, middle, end)
                return
            for row in range(start, end):
                self._single(out, row)

    def _single(self, out: _SortedOut, row: int) -> None:
        reason = out.judge.reason(out.lines[row])
        try:
            if reason is None:
                out.good(row, row + 1, self._many(out.lines[row], judged=True))
        except Doubtful as why:  # such as a key that is given twice
            reason = f"not_json: {why}"
        if reason is not None:
            out.broken.append((row, reason))

    def _many(self, text: bytes, *, judged: bool = False) -> Typed:
        if not judged and b"\\u" in text and any(sign in text for sign in _DOUBTFUL):
            raise Doubtful
        _refuse_other_bytes(text)
        objects = self._objects(text)
        columns = {
            each.name: pa.array(objects[each.name], pa.binary()).cast(pa.string())
            for each in _OBJECTS
        }
        plain = _plain(text)
        if plain.num_rows != len(objects["event_properties"]):
            raise Doubtful("its lines are not its records")
        if not judged:
            _doubt_values(columns, plain)
        for each in _PLAIN:
            column = plain[each.key].combine_chunks()
            columns[each.name] = _instants(column) if each.kind is Kind.TIME else column
        columns["uuid"] = pc.utf8_lower(columns["uuid"])
        shape = pa.schema([FACTS.field(each.name) for each in FIELDS])
        return Typed(
            records=pa.table([columns[name] for name in shape.names], schema=shape),
            events=objects["event_properties"],
            users=objects["user_properties"],
            rows=None,
            broken=[],
            lines=None,
        )

    def _objects(self, text: bytes) -> dict[str, list[bytes | None]]:
        """Every column of properties, as the text that it is."""
        try:
            found = self._decoder.decode_lines(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Doubtful from None
        return {
            each.name: [
                None if raw == b"null" else raw
                for raw in [bytes(getattr(one, each.name)) for one in found]
            ]
            for each in _OBJECTS
        }


def split(text: bytes) -> list[bytes]:
    """The lines that hold anything."""
    return [line for line in text.split(b"\n") if line.strip()]


def _refuse_other_bytes(text: bytes) -> None:
    """Arrow takes whatever bytes stand in a text of JSON.

    Raises:
        Doubtful: they are no UTF-8.
    """
    ends = pa.py_buffer(struct.pack("=2i", 0, len(text)))
    whole = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(text)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        raise Doubtful("its bytes are no UTF-8") from None


def _plain(text: bytes) -> pa.Table:
    """All fields but the properties; strict in what each may hold."""
    if not text.strip():
        return pa.table({each.key: pa.array([], _SAID[each.kind]) for each in _PLAIN})
    how = pj.ReadOptions(use_threads=False, block_size=len(text) + 1)
    try:
        return pj.read_json(pa.py_buffer(text), read_options=how, parse_options=_PARSE)
    except pa.ArrowException as error:
        raise Doubtful(str(error)) from None


def _doubt_values(objects: dict[str, pa.Array], plain: pa.Table) -> None:
    """Look whether something is there that only a closer look can tell right from wrong.

    Raises:
        Doubtful: something is.
    """
    for column in objects.values():
        if not _all(pc.starts_with(column, "{")) or _any(pc.match_substring_regex(column, _HUGE)):
            raise Doubtful
        long = column.filter(pc.greater(pc.binary_length(column), _MAY_BE_DEEP))
        opened = pc.add(pc.count_substring(long, "{"), pc.count_substring(long, "["))
        if _any(pc.greater(opened, DEEPEST)):
            raise Doubtful
    for name in REQUIRED:
        if plain[name].null_count or _any(pc.equal(plain[name], "")):
            raise Doubtful
    if not _all(pc.match_substring_regex(plain["uuid"], f"^{UUID_FORM.pattern}$")):
        raise Doubtful


def _instants(column: pa.Array) -> pa.Array:
    """Times without a zone as instants of UTC; those with one as the instants that they name."""
    kind = FACTS.field("event_time").type
    try:
        return column.cast(pa.timestamp("us")).cast(kind)
    except pa.ArrowInvalid:
        read = [None if text is None else instant(text) for text in column.to_pylist()]
    if read.count(None) != column.null_count:
        raise Doubtful
    return pa.array(read, kind)


def _all(truths: pa.Array) -> bool:
    return pc.all(truths, min_count=0).as_py() is not False


def _any(truths: pa.Array) -> bool:
    return pc.any(truths, min_count=0).as_py() is True

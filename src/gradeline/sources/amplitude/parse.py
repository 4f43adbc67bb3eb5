"""Lines to typed columns: many at once where all are right, else one by one to find which is not.

Arrow reads all but the properties, which are kept as the text they are; both readers refuse
whatever is not of its kind. Neither holds Python's lock for most of its time, so two threads
read twice as fast.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from gradeline.sources.amplitude.validate import DEEPEST, Judge, instant
from gradeline.sources.product_events.fields import FACTS, FIELDS, REQUIRED, UUID_FORM, Kind

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


#: What msgspec raises.
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Doubtful(Exception):
    """Something is wrong with some of the lines."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Records of some lines, in their order."""

    records: pa.Table  #: the fields, without what the mappings say
    rows: list[int] | None  #: which lines they come from; null = all
    broken: list[tuple[int, str]]  #: lines that cannot be used, and why
    lines: list[bytes] | None  #: the lines, where some are broken


class _SortedOut:
    """Lines of which some are wrong, as they are sorted out."""

    def __init__(self, lines: list[bytes], none: pa.Table) -> None:
        self.lines = lines
        self.judge = Judge()
        self.broken: list[tuple[int, str]] = []
        self._rows: list[int] = []
        self._parts = [none]

    def text(self, rows: Sequence[int]) -> bytes:
        """These lines, one behind the other."""
        return b"\n".join([self.lines[row] for row in rows])

    def good(self, rows: Sequence[int], typed: Typed) -> None:
        """These lines are all right."""
        self._rows += rows
        self._parts.append(typed.records)

    def typed(self) -> Typed:
        """All that is right, and what is not, each in the order of the lines."""
        records = pa.concat_tables(self._parts).combine_chunks()
        return Typed(
            records=records.take(pc.array_sort_indices(pa.array(self._rows, pa.int64()))),
            rows=sorted(self._rows),
            broken=sorted(self.broken),
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
            out = _SortedOut(split(text), self._many(b"").records)
        # Most often a line that was cut is all that is wrong.
        readable = [row for row, line in enumerate(out.lines) if self._reads(line)]
        for row in sorted(set(range(len(out.lines))) - set(readable)):
            self._judge(out, [row])
        if len(readable) < len(out.lines):
            self._halve(out, readable)
        else:
            self._halves(out, readable)
        return out.typed()

    def _reads(self, line: bytes) -> bool:
        try:
            self._decoder.decode(line)
        except _UNREADABLE:
            return False
        return True

    def _halve(self, out: _SortedOut, rows: Sequence[int]) -> None:
        """Type some lines; where one of them is wrong in halves, and in the end one by one."""
        try:
            out.good(rows, self._many(out.text(rows)))
        except Doubtful:
            self._halves(out, rows)

    def _halves(self, out: _SortedOut, rows: Sequence[int]) -> None:
        if len(rows) <= _JUDGED_SINGLY:
            self._judge(out, rows)
            return
        middle = len(rows) // 2
        self._halve(out, rows[:middle])
        self._halve(out, rows[middle:])

    def _judge(self, out: _SortedOut, rows: Sequence[int]) -> None:
        """Ask of each of these lines what is wrong with it; type those that nothing is."""
        reasons = {row: out.judge.reason(out.lines[row]) for row in rows}
        out.broken += [(row, reason) for row, reason in reasons.items() if reason is not None]
        good = [row for row, reason in reasons.items() if reason is None]
        try:
            out.good(good, self._many(out.text(good), judged=True))
        except Doubtful as why:  # such as a key that is given twice
            if len(good) == 1:
                out.broken.append((good[0], f"not_json: {why}"))
                return
            for row in good:
                self._judge(out, [row])

    def _many(self, text: bytes, *, judged: bool = False) -> Typed:
        # The single sign is looked for first: that is ten times faster.
        if not judged and b"\\" in text and any(sign in text for sign in _DOUBTFUL):
            raise Doubtful
        _refuse_other_bytes(text)
        columns = self._objects(text)
        plain = _plain(text)
        if plain.num_rows != len(columns["event_properties"]):
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
            rows=None,
            broken=[],
            lines=None,
        )

    def _objects(self, text: bytes) -> dict[str, pa.Array]:
        """Every column of properties, as the text that it is."""
        try:
            found = self._decoder.decode_lines(text)
        except _UNREADABLE:
            raise Doubtful from None
        columns = zip(*map(msgspec.structs.astuple, found), strict=True) if found else repeat(())
        return {
            each.name: _properties(texts) for each, texts in zip(_OBJECTS, columns, strict=False)
        }


def _properties(texts: Sequence[msgspec.Raw]) -> pa.Array:
    """These texts as they stand, null where it is the word of JSON; copied once, all together."""
    ends = pa.array(list(accumulate(map(len, texts), initial=0)), pa.int32())
    joined = pa.py_buffer(b"".join(texts))
    column = pa.Array.from_buffers(pa.string(), len(texts), [None, ends.buffers()[1], joined])
    return pc.if_else(pc.equal(column, "null"), None, column)


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
        raise Doubtful("its bytes are not UTF-8") from None


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
    for objects_of_all in objects.values():
        column = objects_of_all.unique()  # most events repeat what others say
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

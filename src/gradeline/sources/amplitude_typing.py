"""Lines to typed columns: many at once where all are right, else one by one to find which is not.

Arrow reads all but the properties, which are kept as the text they are; both readers refuse
whatever is not of its kind. Neither holds Python's lock for most of its time, so two threads
read twice as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
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
#: Shorter properties cannot be too deep for any reader.
_MAY_BE_DEEP = 1000


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
        judge = Judge()
        verdicts = [judge.reason(line) for line in lines]
        good = [row for row, reason in enumerate(verdicts) if reason is None]
        broken = [(row, reason) for row, reason in enumerate(verdicts) if reason is not None]
        try:
            typed = self._many(b"\n".join(lines[row] for row in good), judged=True)
        except Doubtful:
            # The judge found nothing in a line that Arrow refuses, such as a key given twice.
            for row in list(good):
                reason = self._refused(lines[row])
                if reason is not None:
                    good.remove(row)
                    broken.append((row, reason))
            typed = self._many(b"\n".join(lines[row] for row in good), judged=True)
        return Typed(
            records=typed.records,
            events=typed.events,
            users=typed.users,
            rows=good,
            broken=sorted(broken),
            lines=lines,
        )

    def _refused(self, line: bytes) -> str | None:
        try:
            self._many(line, judged=True)
        except Doubtful as why:
            return f"not_json: {why}"
        return None

    def _many(self, text: bytes, *, judged: bool = False) -> Typed:
        if not judged and any(sign in text for sign in _DOUBTFUL):
            raise Doubtful
        objects = self._objects(text)
        columns = {each.name: _kept(objects[each.name]) for each in _OBJECTS}
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


def _plain(text: bytes) -> pa.Table:
    """All fields but the properties; strict in what each may hold."""
    if not text.strip():
        return pa.table({each.key: pa.array([], _SAID[each.kind]) for each in _PLAIN})
    how = pj.ReadOptions(use_threads=False, block_size=len(text) + 1)
    try:
        return pj.read_json(pa.py_buffer(text), read_options=how, parse_options=_PARSE)
    except pa.ArrowException as error:
        raise Doubtful(str(error)) from None


def _kept(objects: Sequence[bytes | None]) -> pa.Array:
    try:
        return pa.array(objects, pa.binary()).cast(pa.string())
    except pa.ArrowException:
        raise Doubtful("its bytes are no UTF-8") from None


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
        pass
    read = [None if text is None else instant(text) for text in column.to_pylist()]
    if read.count(None) != column.null_count:
        raise Doubtful
    return pa.array(read, kind)


def _all(truths: pa.Array) -> bool:
    return pc.all(truths, min_count=0).as_py() is not False


def _any(truths: pa.Array) -> bool:
    return pc.any(truths, min_count=0).as_py() is True

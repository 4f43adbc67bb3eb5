"""The properties of Amplitude's events: read from their JSON, and made mapped columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.responses import cut_response
from gradeline.sources.product_events.answer_values import (
    NUMBERS,
    ImpossibleNumber,
    read_number,
)
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import MAPPED
from gradeline.sources.product_events.map_fields import ANSWER_COLUMNS, Candidate, candidates_of

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class MappedColumns:
    """What the mappings find in some records."""

    columns: Mapping[str, pa.Array]  #: the columns of MAPPED
    faults: Mapping[int, str]  #: rows with a number that cannot be right, and why


class PropertyMapper:
    """Makes mapped columns of events; for one thread at a time."""

    def __init__(self, mappings: FieldMappings) -> None:
        columns = candidates_of(mappings)
        self._of_all = _TextFinder({n: c for n, c in columns.items() if n not in ANSWER_COLUMNS})
        self._of_answers = _TextFinder({name: columns[name] for name in ANSWER_COLUMNS})
        self._answer_types = pa.array(list(mappings.answers), pa.string())

    def map_records(self, records: pa.Table) -> MappedColumns:
        """Return the mapped columns of records; None where nothing is found."""
        records = records.combine_chunks()
        texts = self._of_all.find(records)
        # Most events are not answers, and decoding properties takes most of the time.
        rows = pc.indices_nonzero(pc.is_in(records["event_type"], self._answer_types))
        places = pc.index_in(pa.array(range(records.num_rows), rows.type), value_set=rows)
        answered = records.select(["event_type", "event_properties"]).take(rows).combine_chunks()
        answers = self._of_answers.find(answered)
        faults: dict[int, str] = {}
        typed = {name: _typed(column, name, faults) for name, column in answers.items()}
        return MappedColumns(
            columns=texts | {name: column.take(places) for name, column in typed.items()},
            faults={rows[row].as_py(): fault for row, fault in sorted(faults.items())},
        )


class _TextFinder:
    """Finds the texts of some mapped columns."""

    def __init__(self, columns: Mapping[str, Sequence[Candidate]]) -> None:
        self._columns = columns
        paths = [one.path for candidates in columns.values() for one in candidates]
        #: holder → the properties that are looked for
        self._names = {
            holder: sorted({path.name for path in paths if path.holder == holder})
            for holder in ("event_properties", "user_properties")
        }
        self._decoders = {holder: _decoder(names) for holder, names in self._names.items()}

    def find(self, records: pa.Table) -> dict[str, pa.Array]:
        """Return the text of each record's first candidate that is not empty, by column."""
        texts = {holder: self._texts(records, holder) for holder in self._names}
        return {
            name: _first(candidates, records, texts) for name, candidates in self._columns.items()
        }

    def _texts(self, records: pa.Table, holder: str) -> Mapping[str, pa.Array]:
        """Return the texts of the named properties; each different JSON text is decoded once."""
        names = self._names[holder]
        if not names:
            return {}
        encoded = _column(records, holder).dictionary_encode()
        # Looking for a name is far cheaper than decoding all properties. With a backslash in it
        # a name may be written otherwise.
        marks = [*(f'"{name}"' for name in names), "\\"]
        matches = [pc.match_substring(encoded.dictionary, mark) for mark in marks]
        rows = pc.indices_nonzero(reduce(pc.or_, matches)).cast(encoded.indices.type)
        decode = self._decoders[holder]
        values = [decode(text) for text in encoded.dictionary.take(rows).to_pylist()]
        places = pc.index_in(encoded.indices, value_set=rows)
        return {
            name: pa.array([row[number] for row in values], pa.string()).take(places)
            for number, name in enumerate(names)
        }


def _column(records: pa.Table, name: str) -> pa.Array:
    return records[name].chunk(0) if records.num_rows else pa.array([], pa.string())


def _first(
    candidates: Sequence[Candidate], records: pa.Table, texts: Mapping[str, Mapping[str, pa.Array]]
) -> pa.Array:
    """Return the text of each record's first candidate that is not empty."""
    columns = []
    for candidate in candidates:
        name, holder = candidate.path.name, candidate.path.holder
        column = _column(records, name) if holder is None else texts[holder][name]
        counts = pc.not_equal(column, "")
        if candidate.event_type is not None:
            counts = pc.and_(counts, pc.equal(_column(records, "event_type"), candidate.event_type))
        columns.append(pc.if_else(counts, column, None))
    return pc.coalesce(*columns) if columns else pa.nulls(records.num_rows, pa.string())


def _decoder(names: Sequence[str]) -> Callable[[str], Sequence[str | None]]:
    """Return a function from a JSON object to the texts of these properties, in this order."""
    fields = [(f"p{number}", msgspec.Raw, msgspec.Raw(b"null")) for number in range(len(names))]
    shape = msgspec.defstruct(
        "Properties", fields, rename={f"p{n}": name for n, name in enumerate(names)}, gc=False
    )
    decoder = msgspec.json.Decoder(shape)
    return lambda text: [_text(value) for value in msgspec.structs.astuple(decoder.decode(text))]


def _text(value: msgspec.Raw) -> str | None:
    """Return a text, number or truth value as text; None for an object, an array or null."""
    raw = bytes(value)
    if raw[:1] == b'"':
        return msgspec.json.decode(raw, type=str)
    return None if raw[:1] in (b"{", b"[", b"n") else raw.decode()


def _typed(column: pa.Array, name: str, faults: dict[int, str]) -> pa.Array:
    """Return the values of texts; add to `faults` the rows with a number that cannot be right."""
    kind = MAPPED.field(name).type
    if name == "correct":
        return pa.array([_FLAGS.get(text) for text in column.to_pylist()], kind)
    if name == "response":
        return pa.array([cut_response(text) for text in column.to_pylist()], kind)
    if name not in NUMBERS:
        return column
    values = []
    for row, text in enumerate(column.to_pylist()):
        try:
            number = None if text is None else read_number(name, text)
        except ImpossibleNumber as error:
            number = None
            faults.setdefault(row, str(error))
        values.append(number)
    # Numbers without a fraction are cast, for Arrow makes no integers of decimals by itself.
    if pa.types.is_integer(kind):
        return pa.array(values, pa.decimal128(38, 0)).cast(kind)
    return pa.array(values, kind)

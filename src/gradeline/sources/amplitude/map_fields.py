"""What field_mappings.yaml finds in the properties of events, as columns beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import reduce

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.sources.product_events.field_mappings import Answers, FieldMappings, Place
from gradeline.sources.product_events.fields import MAPPED

_TRUTHS = {"true": True, "1": True, "false": False, "0": False}

#: What was found in the properties of each record, by name.
_Found = Mapping[str, pa.Array]


class Mapper:
    """Looks up the places that the mappings name; for one thread at a time."""

    def __init__(self, mappings: FieldMappings) -> None:
        self._mappings = mappings
        self._names = {
            holder: {each.name for each in _in(holder, mappings)}
            for holder in ("event_properties", "user_properties")
        }
        self._read = {holder: _reader(names) for holder, names in self._names.items()}
        self._answer = {kind: _answer_reader(said) for kind, said in mappings.answers.items()}
        self._kinds = pa.array(list(mappings.answers), pa.string())

    def columns(self, records: pa.Table) -> Mapping[str, pa.Array]:
        """The mapped columns of records; nulls where nothing is found."""
        records = records.combine_chunks()
        found = {holder: self._found(records, holder) for holder in self._names}
        columns = {
            "ehr_id": _first(self._mappings.ehr_id, records, found),
            "email": _first(self._mappings.email, records, found),
            "course_id": _first(self._mappings.course, records, found),
            **self._answers(records),
        }
        return {
            field.name: columns.get(field.name, pa.nulls(records.num_rows, field.type))
            for field in MAPPED
        }

    def _found(self, records: pa.Table, holder: str) -> _Found:
        """What the named properties of this holder are; each different text is read once."""
        names = self._names[holder]
        encoded = _column(records, holder).dictionary_encode()
        # Looking for a name is far cheaper than reading all properties.
        signs = [*(f'"{name}"' for name in names), "\\"]
        named = [pc.match_substring(encoded.dictionary, sign) for sign in signs]
        rows = pc.indices_nonzero(reduce(pc.or_, named)).cast(encoded.indices.type)
        told = [self._read[holder](text) for text in encoded.dictionary.take(rows).to_pylist()]
        places = pc.index_in(encoded.indices, value_set=rows)
        return {
            name: pa.array([each[name] for each in told], pa.string()).take(places)
            for name in names
        }

    def _answers(self, records: pa.Table) -> dict[str, pa.Array]:
        """The columns of answers, where some of the records are some."""
        rows = pc.indices_nonzero(pc.is_in(records["event_type"], self._kinds))
        if not len(rows):
            return {}
        names = ("item_id", "correct", "score", "duration_s", "hints")
        columns: dict[str, list[object]] = {name: [None] * records.num_rows for name in names}
        answers = records.select(["event_type", "event_properties"]).take(rows)
        said = zip(*(column.to_pylist() for column in answers.columns), strict=True)
        for row, (kind, properties) in zip(rows.to_pylist(), said, strict=True):
            if properties is None:
                continue
            answer = self._answer[kind](properties)
            for name in names:
                columns[name][row] = answer[name]
        return {name: pa.array(columns[name], MAPPED.field(name).type) for name in names}


def _column(records: pa.Table, name: str) -> pa.Array:
    return records[name].chunk(0) if records.num_rows else pa.array([], pa.string())


def _first(places: Sequence[Place], records: pa.Table, found: Mapping[str, _Found]) -> pa.Array:
    """Of these places the first that says anything."""
    columns = [
        _column(records, each.name) if each.holder is None else found[each.holder][each.name]
        for each in places
    ]
    said = [pc.if_else(pc.equal(column, ""), None, column) for column in columns]
    return pc.coalesce(*said) if said else pa.nulls(records.num_rows, pa.string())


def _in(holder: str, mappings: FieldMappings) -> list[Place]:
    places = (*mappings.ehr_id, *mappings.email, *mappings.course)
    return [each for each in places if each.holder == holder]


def _reader(names: set[str]) -> Callable[[str], dict[str, str | None]]:
    """Reads these properties as text; what is no text, number or truth is none."""
    ordered = sorted(names)
    fields = [(f"p{number}", msgspec.Raw, msgspec.Raw(b"null")) for number in range(len(ordered))]
    shape = msgspec.defstruct(
        "Properties", fields, rename={f"p{n}": name for n, name in enumerate(ordered)}, gc=False
    )
    decoder = msgspec.json.Decoder(shape)

    def read(properties: str) -> dict[str, str | None]:
        values = msgspec.structs.astuple(decoder.decode(properties))
        return dict(zip(ordered, map(_text, values), strict=True))

    return read


def _text(value: msgspec.Raw) -> str | None:
    raw = bytes(value)
    if raw[:1] == b'"':
        return msgspec.json.decode(raw, type=str)
    return None if raw[:1] in (b"{", b"[", b"n") else raw.decode()


def _answer_reader(said: Answers) -> Callable[[str], dict[str, object]]:
    names = {part: getattr(said, part) for part in said.__dataclass_fields__}
    read = _reader(set(filter(None, names.values())))

    def answer(properties: str) -> dict[str, object]:
        values = read(properties)
        told = {part: values.get(name) if name else None for part, name in names.items()}
        return {
            "item_id": told["item"] or None,
            "correct": _TRUTHS.get(told["correct"] or ""),
            "score": _number(told["score"], 6, 3),
            "duration_s": _number(told["duration_s"], 3, 9),
            "hints": _whole(told["hints"]),
        }

    return answer


def _number(text: str | None, places: int, whole: int) -> Decimal | None:
    """The number, rounded to so many places; null where it has more digits before the point."""
    try:
        number = Decimal(text or "").quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        return None
    return number if abs(number) < 10**whole else None


def _whole(text: str | None) -> int | None:
    number = _number(text, 0, 9)
    return None if number is None else int(number)

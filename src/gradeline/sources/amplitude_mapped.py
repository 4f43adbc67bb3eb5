"""What field_mappings.yaml finds in the properties of events, as columns beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.sources.amplitude_fields import MAPPED
from gradeline.sources.field_mappings import Answers, FieldMappings, Place

#: So many different sets of user properties are remembered; most events repeat one.
_REMEMBERED = 20_000
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}

_Properties = list[bytes | None]


class Mapper:
    """Looks up the places that the mappings name; for one thread at a time."""

    def __init__(self, mappings: FieldMappings) -> None:
        self._mappings = mappings
        self._users: dict[bytes, dict[str, str | None]] = {}
        names = {each.name for each in _in("event_properties", mappings)}
        self._event = _reader(names)
        self._named = [f'"{name}"'.encode() for name in names]
        self._user = _reader({each.name for each in _in("user_properties", mappings)})
        self._answer = {kind: _answer_reader(said) for kind, said in mappings.answers.items()}
        self._kinds = pa.array(list(mappings.answers), pa.string())

    def columns(
        self, records: pa.Table, events: _Properties, users: _Properties
    ) -> Mapping[str, pa.Array]:
        """The mapped columns of records whose event and user properties are these."""
        found = {
            "event_properties": [self._of_event(each) for each in events],
            "user_properties": [self._of_user(each) for each in users],
        }
        columns = {
            "ehr_id": self._first(self._mappings.ehr_id, records, found),
            "email": self._first(self._mappings.email, records, found),
            "course_id": self._first(self._mappings.course, records, found),
            **self._answers(records, events),
        }
        return {
            field.name: pa.array(columns[field.name], field.type)
            if field.name in columns
            else pa.nulls(records.num_rows, field.type)
            for field in MAPPED
        }

    def _of_event(self, properties: bytes | None) -> dict[str, str | None]:
        # Looking for a name is far cheaper than reading all properties.
        if properties is None or not any(name in properties for name in self._named):
            return {}
        return self._event(properties)

    def _of_user(self, properties: bytes | None) -> dict[str, str | None]:
        if properties is None:
            return {}
        known = self._users.get(properties)
        if known is None:
            if len(self._users) >= _REMEMBERED:
                self._users.clear()
            known = self._users[properties] = self._user(properties)
        return known

    def _first(
        self,
        places: Sequence[Place],
        records: pa.Table,
        found: Mapping[str, list[dict[str, str | None]]],
    ) -> list[str | None]:
        columns = [
            records[each.name].to_pylist()
            if each.holder is None
            else [said.get(each.name) for said in found[each.holder]]
            for each in places
        ]
        if not columns:
            return [None] * records.num_rows
        return [next(filter(None, given), None) for given in zip(*columns, strict=True)]

    def _answers(self, records: pa.Table, events: _Properties) -> dict[str, list[object]]:
        """The columns of answers, where some of the records are some."""
        kinds = records["event_type"]
        rows = pc.indices_nonzero(pc.is_in(kinds, self._kinds)).to_pylist()
        if not rows:
            return {}
        names = ("item_id", "correct", "score", "duration_s", "hints")
        columns: dict[str, list[object]] = {name: [None] * records.num_rows for name in names}
        for row in rows:
            properties = events[row]
            if properties is None:
                continue
            said = self._answer[kinds[row].as_py()](properties)
            for name in names:
                columns[name][row] = said[name]
        return columns


def _in(holder: str, mappings: FieldMappings) -> list[Place]:
    places = (*mappings.ehr_id, *mappings.email, *mappings.course)
    return [each for each in places if each.holder == holder]


def _reader(names: set[str]) -> Callable[[bytes], dict[str, str | None]]:
    """Reads these properties as text; what is no text, number or truth is none."""
    ordered = sorted(names)
    fields = [(f"p{number}", msgspec.Raw, msgspec.Raw(b"null")) for number in range(len(ordered))]
    shape = msgspec.defstruct(
        "Properties", fields, rename={f"p{n}": name for n, name in enumerate(ordered)}, gc=False
    )
    decoder = msgspec.json.Decoder(shape)

    def read(properties: bytes) -> dict[str, str | None]:
        values = msgspec.structs.astuple(decoder.decode(properties))
        return dict(zip(ordered, map(_text, values), strict=True))

    return read


def _text(value: msgspec.Raw) -> str | None:
    raw = bytes(value)
    if raw[:1] == b'"':
        return msgspec.json.decode(raw, type=str)
    return None if raw[:1] in (b"{", b"[", b"n") else raw.decode()


def _answer_reader(said: Answers) -> Callable[[bytes], dict[str, object]]:
    names = {part: getattr(said, part) for part in said.__dataclass_fields__}
    read = _reader(set(filter(None, names.values())))

    def answer(properties: bytes) -> dict[str, object]:
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

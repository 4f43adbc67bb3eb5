"""Why a record cannot be used: each line by itself, where some of many lines may be wrong."""

from __future__ import annotations

from typing import Any

import msgspec

from gradeline.sources.product_events.fields import FIELDS, REQUIRED, UUID_FORM, Kind
from gradeline.sources.reading.json_depth import json_depth
from gradeline.sources.reading.json_texts import DEEPEST
from gradeline.sources.reading.json_values import INT64, ExponentWatch, has_nul, read_instant

_TYPES = {
    Kind.TEXT: str | None,
    Kind.TIME: str | None,
    Kind.INT: INT64 | None,
    Kind.FLOAT: float | None,
    Kind.FLAG: bool | None,
    Kind.OBJECT: dict[str, Any] | None,
}


def _shape() -> type[msgspec.Struct]:
    """Return the type of an event; keys may be absent."""
    return msgspec.defstruct(
        "Event",
        [(field.name, _TYPES[field.kind], None) for field in FIELDS],
        rename={field.name: field.key for field in FIELDS},
        gc=False,
    )


class EventValidator:
    """Validates lines one by one; for one thread."""

    def __init__(self) -> None:
        self._exponents = ExponentWatch()
        self._decoder = msgspec.json.Decoder(_shape(), float_hook=self._exponents.read)

    def find_fault(self, line: bytes) -> str | None:
        """Return why the record of this line cannot be used, as `code: words`; None = it can."""
        self._exponents.is_huge = False
        try:
            event = self._decoder.decode(line)
        except msgspec.ValidationError as error:
            return _type_fault(str(error))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return f"not_json: {error}"
        except RecursionError:
            return f"too_deep: more than {DEEPEST} levels"
        if self._exponents.is_huge:
            return "bad_value: a number has more digits than PostgreSQL can keep"
        return _missing_fault(event) or _time_fault(event) or _value_fault(event, line)


def _type_fault(message: str) -> str:
    what, _, place = message.partition(" - at `$.")
    name = place.rstrip("`")
    return f"bad_value: {name}: {what}" if name else "not_object: the line is not a JSON object"


def _missing_fault(event: msgspec.Struct) -> str | None:
    missing = [name for name in REQUIRED if not getattr(event, name)]
    if missing:
        return f"missing: it has no {', '.join(missing)}"
    uuid = event.uuid  # type: ignore[attr-defined]
    return None if UUID_FORM.fullmatch(uuid) else "bad_uuid: its uuid is none"


def _time_fault(event: msgspec.Struct) -> str | None:
    for field in FIELDS:
        text = getattr(event, field.name)
        if field.kind is Kind.TIME and text is not None and read_instant(text) is None:
            return f"bad_time: {field.key} is not {field.kind}"
    return None


def _value_fault(event: msgspec.Struct, line: bytes) -> str | None:
    values = [getattr(event, field.name) for field in FIELDS]
    if json_depth(values) > DEEPEST + 1:  # the list of the values is a level too
        return f"too_deep: more than {DEEPEST} levels"
    # These six characters may also be a backslash and a word that begins so.
    if b"\\u0000" in line and has_nul(values):
        return "nul_character: PostgreSQL can keep no text with a NUL in it"
    return None

"""What properties of product events mean: `field_mappings.yaml`, a school's own over ours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from gradeline.base.errors import WrongUse

FILE = "field_mappings.yaml"
_SHIPPED = Path(__file__).with_name(FILE)
_HOLDERS = ("user_properties", "event_properties")
_ANSWER = ("item", "correct", "score", "duration_s", "hints")
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a value stands in an event."""

    name: str  #: of the property; of the field where `holder` is null
    holder: str | None  #: `user_properties` or `event_properties`


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Which properties of one type of event say what was answered; null = it tells nothing."""

    item: str
    correct: str | None = None
    score: str | None = None
    duration_s: str | None = None
    hints: str | None = None


@dataclass(frozen=True, kw_only=True)
class FieldMappings:
    """Everything that field_mappings.yaml says."""

    ehr_id: tuple[Place, ...]
    email: tuple[Place, ...]
    course: tuple[Place, ...]
    permanent: tuple[str, ...]
    changeable: tuple[str, ...]
    answers: Mapping[str, Answers]

    @property
    def digest(self) -> str:
        """Sixteen hex digits that another meaning changes."""
        told = repr([(each.name, getattr(self, each.name)) for each in fields(self)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def read_mappings(home: Path | None = None) -> FieldMappings:
    """What ships with Gradeline, key by key replaced by what the file in the home says.

    Raises:
        WrongUse: the file in the home cannot be understood; names the place.
    """
    said = _read(_SHIPPED)
    own = None if home is None else home / FILE
    if own is not None and own.exists():
        said |= _read(own)
    file = own if own is not None and own.exists() else _SHIPPED
    unknown = sorted(set(said) - {each.name for each in fields(FieldMappings)})
    if unknown:
        raise _wrong(file, f"`{unknown[0]}` is unknown")
    return FieldMappings(
        ehr_id=_places(file, "ehr_id", said),
        email=_places(file, "email", said),
        course=_places(file, "course", said),
        permanent=_names(file, "permanent", said),
        changeable=_names(file, "changeable", said),
        answers=_answers(file, said["answers"] or {}),
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        content = file.read_bytes()
        if len(content) > _MOST_BYTES:
            raise _wrong(file, "it is longer than 1 MB")
        # Aliases of aliases unfold to more than memory holds.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(content)):
            raise _wrong(file, "it has aliases")
        said = yaml.safe_load(content) or {}
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(file, f"it is not YAML ({error})") from error
    if not isinstance(said, dict):
        raise _wrong(file, "it is not a list of `name: value`")
    return said


def _places(file: Path, key: str, said: Mapping[str, Any]) -> tuple[Place, ...]:
    return tuple(_place(file, text) for text in _names(file, key, said))


def _place(file: Path, text: str) -> Place:
    holder, dot, name = text.partition(".")
    if not dot and text in ("user_id", "device_id"):
        return Place(name=text, holder=None)
    if holder not in _HOLDERS or not name:
        raise _wrong(file, f"`{text}` is not a place; write user_properties.name")
    return Place(name=name, holder=holder)


def _names(file: Path, key: str, said: Mapping[str, Any]) -> tuple[str, ...]:
    written = said[key]
    if isinstance(written, str):
        written = [written]
    if not isinstance(written or [], list) or not all(isinstance(e, str) for e in written or []):
        raise _wrong(file, f"`{key}` is not a list of names")
    return tuple(written or ())


def _answers(file: Path, written: object) -> Mapping[str, Answers]:
    if not isinstance(written, dict):
        raise _wrong(file, "`answers` is not a list of event types")
    found = {}
    for kind, said in written.items():
        if not isinstance(said, dict) or not set(said) <= set(_ANSWER) or not said.get("item"):
            raise _wrong(file, f"the answer `{kind}` needs `item`, and takes {_listed(_ANSWER)}")
        found[str(kind)] = Answers(**{name: str(value) for name, value in said.items() if value})
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _wrong(file: Path, why: str) -> WrongUse:
    return WrongUse(f"{file} cannot be used: {why}.", hint="Fix the file and run again.")

"""What properties of product events mean: `field_mappings.yaml`, a school's own over ours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml

from gradeline.base.errors import WrongUse
from gradeline.records.property_transforms import NAMES, OF_TYPE

FILE = "field_mappings.yaml"
_SHIPPED = Path(__file__).with_name(FILE)
_HOLDERS = ("user_properties", "event_properties")
_FIELDS = ("user_id", "device_id")
_MOST_BYTES = 1 << 20
_ANSWER = ("item", "correct", "score", "duration_s", "hints", "response")

_Scalar = str | bool | int | float
_Names = str | list[str] | None


@dataclass(frozen=True, kw_only=True)
class PropertyPath:
    """Where a value stands in an event."""

    name: str  #: of the property; of the field where `holder` is None
    holder: str | None  #: `user_properties` or `event_properties`


@dataclass(frozen=True, kw_only=True)
class AnswerFields:
    """Which properties of one type of event say what was answered; None = none does."""

    item: str
    correct: str | None = None
    score: str | None = None
    duration_s: str | None = None
    hints: str | None = None
    response: str | None = None


@dataclass(frozen=True, kw_only=True)
class FieldMappings:
    """Everything that field_mappings.yaml says."""

    ehr_id: tuple[PropertyPath, ...]
    email: tuple[PropertyPath, ...]
    course: tuple[PropertyPath, ...]
    permanent: tuple[str, ...]
    changeable: tuple[str, ...]
    answers: Mapping[str, AnswerFields]
    #: user property → what is done to its value, in this order; one that gives a type is the last
    transforms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change with the meaning; part of the version of streams.

        Another text for the same mappings would have every slice read again: this one stays.
        """
        answers = {
            event_type: _Repr("Answers", [(name, getattr(fields, name)) for name in _ANSWER])
            for event_type, fields in self.answers.items()
        }
        paths = {
            column: tuple(
                _Repr("Place", [("name", path.name), ("holder", path.holder)]) for path in places
            )
            for column, places in (
                ("ehr_id", self.ehr_id),
                ("email", self.email),
                ("course", self.course),
            )
        }
        lists: dict[str, object] = {
            "permanent": self.permanent,
            "changeable": self.changeable,
            "answers": answers,
        }
        if self.transforms:
            lists["transforms"] = dict(self.transforms)
        text = repr(list({**paths, **lists}.items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class _Repr:
    """Shows itself as `Name(field='value', …)`."""

    def __init__(self, name: str, fields: list[tuple[str, object]]) -> None:
        self._text = f"{name}({', '.join(f'{key}={value!r}' for key, value in fields)})"

    def __repr__(self) -> str:
        return self._text


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    item: _Scalar
    correct: _Scalar | None = None
    score: _Scalar | None = None
    duration_s: _Scalar | None = None
    hints: _Scalar | None = None
    response: _Scalar | None = None

    def __post_init__(self) -> None:
        if not self.item:
            raise ValueError("`item` must name a property")


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    """The shape of the file."""

    ehr_id: _Names
    email: _Names
    course: _Names
    permanent: _Names
    changeable: _Names
    transforms: dict[_Scalar, _Names] | None
    answers: dict[_Scalar, _Answer] | None


def read_mappings(home: Path | None = None) -> FieldMappings:
    """Return the mappings that ship with Gradeline, each key replaced by that of the home's file.

    Raises:
        WrongUse: the file in the home cannot be understood; names the path in the document.
    """
    file, content = _SHIPPED, _read(_SHIPPED)
    own = None if home is None else home / FILE
    if own is not None and own.exists():
        file, content = own, content | _read(own)
    try:
        document = msgspec.convert(content, _Document)
    except msgspec.ValidationError as error:
        raise _wrong(file, str(error)) from error
    permanent, changeable = _names(document.permanent), _names(document.changeable)
    return FieldMappings(
        ehr_id=_paths(file, "ehr_id", document.ehr_id),
        email=_paths(file, "email", document.email),
        course=_paths(file, "course", document.course),
        permanent=permanent,
        changeable=changeable,
        transforms=_transforms(file, document.transforms or {}, {*permanent, *changeable}),
        answers={
            str(event_type): AnswerFields(
                **{name: str(value) for name in _ANSWER if (value := getattr(answer, name))}
            )
            for event_type, answer in (document.answers or {}).items()
        },
    )


def _read(file: Path) -> dict[str, object]:
    try:
        content = file.read_bytes()
        if len(content) > _MOST_BYTES:
            raise _wrong(file, "it is longer than 1 MB")
        # Aliases of aliases unfold to more than memory holds.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(content)):
            raise _wrong(file, "it has aliases")
        document = yaml.safe_load(content) or {}
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(file, f"it is not YAML ({error})") from error
    if not isinstance(document, dict):
        raise _wrong(file, "it is not a list of `name: value`")
    return document


def _transforms(
    file: Path, written: Mapping[_Scalar, _Names], known: AbstractSet[str]
) -> dict[str, tuple[str, ...]]:
    found = {str(name): _names(transforms) for name, transforms in written.items()}
    for name, transforms in found.items():
        place = f"at `$.transforms.{name}`"
        if name not in known:
            raise _wrong(file, f"`{name}` is neither permanent nor changeable - {place}")
        for number, each in enumerate(transforms, start=1):
            if each not in NAMES:
                raise _wrong(file, f"`{each}` is none of {', '.join(NAMES)} - {place}")
            if each in OF_TYPE and number < len(transforms):
                raise _wrong(file, f"`{each}` gives a value its type, so it must be last - {place}")
    return {name: transforms for name, transforms in found.items() if transforms}


def _paths(file: Path, key: str, written: _Names) -> tuple[PropertyPath, ...]:
    return tuple(
        _path(file, f"$.{key}[{number}]", text) for number, text in enumerate(_names(written))
    )


def _path(file: Path, where: str, text: str) -> PropertyPath:
    holder, dot, name = text.partition(".")
    if not dot and text in _FIELDS:
        return PropertyPath(name=text, holder=None)
    if holder not in _HOLDERS or not name:
        raise _wrong(
            file,
            f"`{text}` is not the name of a property, such as user_properties.name - at `{where}`",
        )
    return PropertyPath(name=name, holder=holder)


def _names(written: _Names) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written or ())


def _wrong(file: Path, why: str) -> WrongUse:
    return WrongUse(f"{file} cannot be used: {why}.", hint="Fix the file and run again.")

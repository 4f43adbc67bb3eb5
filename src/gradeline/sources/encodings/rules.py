"""What people say of encodings, in FILES_ENCODINGS `dataset=encoding;dataset/file=encoding`."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gradeline.base.errors import WrongSetting

SETTING = "FILES_ENCODINGS"
_FORM = (
    "Write dataset=encoding or dataset/file.csv=encoding, with ; between several, e.g. "
    "school=windows-1251;school/marks.csv=windows-1252. `planification` names the plan files."
)
_ASCII = bytes(range(128))


@dataclass(frozen=True, kw_only=True)
class EncodingRule:
    """What people said about the encoding of a file."""

    name: str | None = None  #: as the setting says; None = find it
    guess: bool = False  #: take the likeliest where the words do not tell, instead of refusing
    key: str = ""  #: what the setting calls the file, e.g. `school/marks.csv`


#: Find the encoding, and refuse where the words do not tell.
FIND = EncodingRule()
#: What people said about all files: `dataset` or `dataset/file` → encoding.
Encodings = Mapping[str, str]
NO_ENCODINGS: Encodings = MappingProxyType({})


def parse_encodings(text: str, sources: Collection[str]) -> Encodings:
    """Return what FILES_ENCODINGS says.

    Args:
        text: the setting.
        sources: the datasets that there are, and `planification`.

    Raises:
        WrongSetting: a part cannot be read, names no dataset, or an encoding that is unknown.
    """
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        key, equals, name = (piece.strip() for piece in part.rpartition("="))
        if not (key and equals and name):
            raise WrongSetting(f"{SETTING} has a part that cannot be read: {part!r}.", hint=_FORM)
        if key.partition("/")[0] not in sources:
            raise WrongSetting(
                f"{SETTING} names {key.partition('/')[0]!r}, which is no dataset of "
                "FILES_DATASETS.",
                hint=_FORM,
            )
        found[key] = _checked(name)
    return found


def rule_for(encodings: Encodings, source: str, file: str, *, guess: bool = False) -> EncodingRule:
    """Return what people said about one file of a dataset; what is said of the file itself wins."""
    key = f"{source}/{file}"
    return EncodingRule(name=encodings.get(key, encodings.get(source)), guess=guess, key=key)


def _checked(name: str) -> str:
    """Return the name in small letters.

    Raises:
        WrongSetting: Python does not know it, or ASCII text looks otherwise in it.
    """
    try:
        known = codecs.lookup(name).name
        plain = known.startswith("utf-16") or _ASCII.decode(known) == _ASCII.decode("ascii")
    except (LookupError, ValueError):
        plain = False
    if not plain:
        raise WrongSetting(
            f"{SETTING} names the encoding {name!r}, which Gradeline does not know.",
            hint="Name one such as utf-8, windows-1252, windows-1251, windows-1250 or koi8-r.",
        )
    return name.lower()

"""Settings as lists: the table of `gradeline settings`, `.env.example`, and likely misspellings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from gradeline.settings.reading import Settings, is_secret, names_in

_EXAMPLE_HEAD = """\
# Settings of Gradeline. Copy this file to .env and change what you need.
# Every line shows the default; a line with nothing after = is unset.
# "Planned" settings are known and checked, and nothing reads them yet.
"""


@dataclass(frozen=True, kw_only=True)
class SettingRow:
    """One setting as people see it."""

    name: str  #: as written in .env
    group: str  #: heading it stands under
    value: str  #: in force; `set` or `unset` where it is a secret
    default: str  #: as written in .env; empty = unset
    origin: str  #: `default`, `environment`, `command` or the env file
    description: str  #: one line
    secret: bool  #: never shown
    room: str  #: the part of Gradeline that it is for
    planned: bool  #: nothing reads it yet


def settings_rows(settings: Settings | None = None) -> list[SettingRow]:
    """Every setting in the order of its declaration; without settings, the defaults."""
    return [_row(name, declared, settings) for name, declared in Settings.model_fields.items()]


def _row(name: str, declared: FieldInfo, settings: Settings | None) -> SettingRow:
    extra: dict[str, Any] = dict(declared.json_schema_extra or {})  # type: ignore[arg-type]
    value = declared.default if settings is None else getattr(settings, name)
    secret = is_secret(name)
    shown = ("unset" if value is None else "set") if secret else _written(value)
    return SettingRow(
        name=name.upper(),
        group=extra["group"],
        value=shown,
        default="" if secret else _written(declared.default),
        origin="default" if settings is None else settings._origins.get(name, "default"),
        description=str(declared.description),
        secret=secret,
        room=extra["room"],
        planned=extra["planned"],
    )


def _written(value: object) -> str:
    """A value as a person writes it in .env."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case tuple():
            return ",".join(value)
        case Path():
            return value.as_posix() if value.is_absolute() else f"./{value.as_posix()}"
        case _:
            return str(value)


def env_example() -> str:
    """The text of `.env.example`: every name, its default and one line."""
    lines = [_EXAMPLE_HEAD]
    for group, rows in groupby(settings_rows(), key=lambda row: row.group):
        lines.append(f"# --- {group} ---\n")
        for row in rows:
            mark = " (planned)" if row.planned else ""
            lines.append(f"# {row.description}{mark}\n{row.name}={row.default}\n")
    return "\n".join(lines)


def misspelt(env_file: Path) -> list[tuple[str, str]]:
    """Names in an env file that we do not know, each with the name of ours that it is close to."""
    return _near(names_in(env_file))


def _near(names: Iterable[str]) -> list[tuple[str, str]]:
    ours = [name.upper() for name in Settings.model_fields]
    unknown = [name for name in names if name.upper() not in ours]
    close = [
        (name, difflib.get_close_matches(name.upper(), ours, n=1, cutoff=0.85)) for name in unknown
    ]
    return [(name, found[0]) for name, found in close if found]

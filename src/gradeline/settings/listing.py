"""Settings as lists: the table of `gradeline settings`, `.env.example`, and likely misspellings."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from gradeline.settings.reading import Settings, is_secret, names_in

_EXAMPLE_HEAD = """\
# Settings of Gradeline. Copy this file to .env and change what you need.
# Each line shows the default; without a value the setting is unset.
# "Planned" settings are checked, but nothing uses them yet.
"""


@dataclass(frozen=True, kw_only=True)
class SettingRow:
    """One setting as the listings show it."""

    name: str  #: as written in .env
    group: str  #: heading in the listing
    value: str  #: in use; `set` or `unset` if it is a secret
    default: str  #: as written in .env; empty = unset
    origin: str  #: `default`, `environment`, `command` or the env file
    description: str  #: one line
    secret: bool  #: never shown
    package: str  #: the package that gets the value
    planned: bool  #: nothing uses it yet


def settings_rows(settings: Settings | None = None) -> list[SettingRow]:
    """Return every setting in the order of declaration; without `settings`, the defaults."""
    return [_row(name, declared, settings) for name, declared in Settings.model_fields.items()]


def _row(name: str, declared: FieldInfo, settings: Settings | None) -> SettingRow:
    extra: dict[str, Any] = dict(declared.json_schema_extra or {})  # type: ignore[arg-type]
    value = declared.default if settings is None else getattr(settings, name)
    secret = is_secret(name)
    shown = ("unset" if value is None else "set") if secret else _as_text(value)
    return SettingRow(
        name=name.upper(),
        group=extra["group"],
        value=shown,
        default="" if secret else _as_text(declared.default),
        origin="default" if settings is None else settings._origins.get(name, "default"),
        description=str(declared.description),
        secret=secret,
        package=extra["package"],
        planned=extra["planned"],
    )


def _as_text(value: object) -> str:
    """Return the value as it is written in .env."""
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
    """Return the text of `.env.example`: every name, its default and one line."""
    lines = [_EXAMPLE_HEAD]
    for group, rows in groupby(settings_rows(), key=lambda row: row.group):
        lines.append(f"# --- {group} ---\n")
        for row in rows:
            mark = " (planned)" if row.planned else ""
            lines.append(f"# {row.description}{mark}\n{row.name}={row.default}\n")
    return "\n".join(lines)


def find_misspelled(env_file: Path) -> list[tuple[str, str]]:
    """Return unknown names in an env file that resemble a setting: (name, the setting's name)."""
    ours = [name.upper() for name in Settings.model_fields]
    unknown = [name for name in names_in(env_file) if name.upper() not in ours]
    close = [
        (name, difflib.get_close_matches(name.upper(), ours, n=1, cutoff=0.85)) for name in unknown
    ]
    return [(name, matches[0]) for name, matches in close if matches]

"""Folders that a setting names: a school's own, or one that ships with Gradeline."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Literal

from gradeline.base.errors import InputMissing, WrongSetting

BUILTIN = "builtin:"
#: What a dataset, a table or a shipped folder may be called.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def named_folder(
    text: str, room: Literal["mappings", "shipped"], *, home: Path, setting: str
) -> Path:
    """The folder that `setting` names; `builtin:NAME` ships with Gradeline, in that room.

    Relative paths start at `home`.

    Raises:
        WrongSetting: it is no name of a shipped folder.
        InputMissing: the folder is not there.
    """
    if text.startswith(BUILTIN):
        folder, hint = _shipped(text, room, setting)
    else:
        folder = home / Path(text).expanduser()
        hint = f"Correct {setting}, or put the folder there."
    if not folder.is_dir():
        there = "is a file, not a folder" if folder.exists() else "does not exist"
        raise InputMissing(f"The folder {text!r} that {setting} names {there}.", hint=hint)
    return folder


def _shipped(text: str, room: str, setting: str) -> tuple[Path, str]:
    shelf = Path(str(files("gradeline.sources") / room))
    known = ", ".join(sorted(BUILTIN + each.name for each in shelf.iterdir() if each.is_dir()))
    hint = f"What ships with Gradeline is {known}."
    name = text.removeprefix(BUILTIN)
    if not NAME.fullmatch(name):
        raise WrongSetting(f"{setting} names {text!r}, which does not exist.", hint=hint)
    return shelf / name, hint

"""Folders that a setting names: a school's own, or one that ships with Gradeline."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Literal

from gradeline.base.errors import InputMissing, WrongSetting

BUILTIN = "builtin:"
#: What a shipped folder may be called.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def named_folder(
    text: str, room: Literal["mappings", "shipped"], *, home: Path, setting: str
) -> Path:
    """Return the folder that `setting` names, which need not exist.

    Args:
        text: a path, or `builtin:NAME` for a folder of `room` that ships with Gradeline.
        room: where such folders are.
        home: where relative paths start.
        setting: its name, for messages.

    Raises:
        WrongSetting: no folder of that name ships with Gradeline.
    """
    if not text.startswith(BUILTIN):
        return home / Path(text).expanduser()
    name = text.removeprefix(BUILTIN)
    shipped = Path(str(files("gradeline.sources") / room))
    if not NAME.fullmatch(name) or not (shipped / name).is_dir():
        known = ", ".join(
            sorted(BUILTIN + path.name for path in shipped.iterdir() if path.is_dir())
        )
        raise WrongSetting(f"{setting} names {text!r}, which does not exist.", hint=f"Use {known}.")
    return shipped / name


def require_folder(folder: Path, setting: str) -> Path:
    """Return the folder.

    Raises:
        InputMissing: it does not exist; the message names the setting.
    """
    if folder.is_dir():
        return folder
    problem = "is a file, not a folder" if folder.exists() else "does not exist"
    raise InputMissing(
        f"The folder {folder} that {setting} names {problem}.",
        hint=f"Correct {setting}, or create the folder.",
    )

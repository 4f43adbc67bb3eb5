"""Options that commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

#: `--json` may stand before the command or behind it.
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")]
Plan = Annotated[bool, typer.Option("--plan", help="Only print what would be done.")]


@dataclass(frozen=True, kw_only=True)
class GlobalOptions:
    """The options before the command."""

    home: Path | None  #: wins over GRADELINE_HOME
    json: bool  #: print for machines

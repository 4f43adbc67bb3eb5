"""Options that commands share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

Plan = Annotated[bool, typer.Option("--plan", help="Only print what would be done.")]


@dataclass(frozen=True, kw_only=True)
class GlobalOptions:
    """The options that every command takes, before its name or after it."""

    home: Path | None = None  #: wins over GRADELINE_HOME
    json: bool = False  #: print for machines


def global_parameters() -> Sequence[Any]:
    """Return `--home` and `--json` as parameters of a command; their values go to its context."""
    holder = typer.Typer(add_completion=False)
    holder.command()(_declare)
    return typer.main.get_command(holder).params


def _keep_home(context: typer.Context, home: Path | None) -> None:
    options = _options_of(context)
    context.obj = options if home is None else replace(options, home=home)


def _keep_json(context: typer.Context, json: bool) -> None:
    options = _options_of(context)
    context.obj = replace(options, json=json or options.json)


def _options_of(context: typer.Context) -> GlobalOptions:
    """Return the options read so far; the context of a command begins with those before it."""
    return context.obj or GlobalOptions()


def _declare(
    home: Annotated[
        Path | None,
        typer.Option(
            help="Use this data folder instead of GRADELINE_HOME.",
            callback=_keep_home,
            expose_value=False,
        ),
    ] = None,
    json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print JSON, one object per line.",
            callback=_keep_json,
            expose_value=False,
        ),
    ] = False,
) -> None:
    """Declare the global options; never called."""

"""`gradeline schema`: what the database looks like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.base.errors import DiskFull, WrongUse
from gradeline.entrypoints.cli.context import open_connection, screen_of, settings_of
from gradeline.records.bot_tables import SOFT_LINKS

if TYPE_CHECKING:
    from gradeline.warehouse import Connection

app = typer.Typer(help="Show what the database looks like.", no_args_is_help=True)

_SUFFIXES = (".svg", ".png")


@app.callback()
def schema() -> None:
    """Show what the database looks like."""


@app.command("picture")
def picture(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="Ends in .svg or .png; by default both are written to export/."),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", help="Only the tables of this topic, such as bot.")
    ] = None,
) -> None:
    """Draw the tables with their columns, keys and links, as SVG and PNG."""
    if file is not None and file.suffix not in _SUFFIXES:
        raise WrongUse(f"{file} is no picture.", hint="Let its name end in .svg or .png.")
    _check_topic(only)
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        svg = draw(connection, only)
    whole = settings_of(context).gradeline_home / "export" / "schema.svg"
    paths = [file] if file else [whole.with_suffix(suffix) for suffix in _SUFFIXES]
    for path in paths:
        _write(path, svg)
        screen.answer(f"Drawn: {path}", file=str(path))


def _check_topic(only: str | None) -> None:
    from gradeline.reports.schema_picture.topics import TOPICS  # no other command draws

    if only is not None and only not in TOPICS:
        raise WrongUse(f"No tables belong to {only!r}.", hint=f"Topics are {', '.join(TOPICS)}.")


def draw(connection: Connection, only: str | None) -> str:
    """Draw the live schema, or one topic of it."""
    from gradeline.reports.schema_picture.draw import draw_svg  # no other command draws
    from gradeline.reports.schema_picture.topics import topic_of  # as above
    from gradeline.warehouse.schema.describe import read_foreign_keys, read_tables  # psycopg

    tables = [one for one in read_tables(connection) if only in (None, topic_of(one.name))]
    columns = {(table.name, column.name) for table in tables for column in table.columns}
    soft = [one for one in SOFT_LINKS if (one.table, one.column) in columns]
    soft = [one for one in soft if (one.to_table, one.to_column) in columns]
    return draw_svg(tables, [*read_foreign_keys(connection), *soft])


def _write(path: Path, svg: str) -> None:
    from gradeline.reports.schema_picture.draw import render_png  # no other command draws

    content = svg.encode() if path.suffix == ".svg" else render_png(svg)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise DiskFull(f"{path} cannot be written: {error.strerror}.") from error

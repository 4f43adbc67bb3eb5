"""`gradeline quarantine`: records that could not be understood, and their way back."""

from __future__ import annotations

from typing import Annotated

import typer

from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.entrypoints.cli.run import finish
from gradeline.flows.replay import replay as replay_slices
from gradeline.flows.run import RunResult
from gradeline.warehouse.slices import quarantine

app = typer.Typer(help="Look at broken records and load them once mended.", no_args_is_help=True)

_SHOWN_RAW_BYTES = 2_000  #: of a record on the screen; `--json` gives it whole


@app.command("ls")
def ls(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only records of this source.")] = None,
    reason: Annotated[str | None, typer.Option(help="Only records with this reason code.")] = None,
    limit: Annotated[int, typer.Option(help="At most this many.", min=1)] = 100,
    json: Json = False,
) -> None:
    """List records in quarantine: where each stood and what is wrong with it."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts, parts.database.connect() as connection:
        records = quarantine.ls(connection, source=source, reason_code=reason, most=limit)
        counted = quarantine.counts(connection, source=source)
    if not records and not screen.json:
        screen.answer("Nothing is in quarantine.")
        return
    screen.table(
        ("id", "slice", "place", "reason"),
        [(each.quarantine_id, str(each.slice), each.place, each.reason) for each in records],
    )
    if not screen.json:
        for each in counted:
            screen.answer(f"{each.source}: {each.records} {each.reason_code}")


@app.command("show")
def show(
    context: typer.Context,
    quarantine_id: Annotated[int, typer.Argument(help="The id, as `ls` prints it.")],
    json: Json = False,
) -> None:
    """Show one record whole: its place, its reason, its bytes as received."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts, parts.database.connect() as connection:
        record = quarantine.show(connection, quarantine_id)
    raw = record.raw if screen.json else record.raw[:_SHOWN_RAW_BYTES]
    screen.answer(
        f"{record.slice}\nplace:  {record.place}\nreason: {record.reason}\n"
        f"raw ({len(record.raw)} bytes):\n{raw.decode('utf-8', 'backslashreplace')}",
        id=record.quarantine_id,
        slice=str(record.slice),
        place=record.place,
        reason=record.reason,
        raw=raw.decode("utf-8", "backslashreplace"),
    )


@app.command("replay")
def replay(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only slices of this source.")] = None,
    json: Json = False,
) -> int:
    """Read every slice with open records again from its raw bytes; what is understood is loaded."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts:
        collected = tuple(replay_slices(parts, source, screen.progress))
    if not collected and not screen.json:
        screen.answer("Nothing is in quarantine.")
    return finish(RunResult(collected=collected), screen)

"""`gradeline slices`: what the ledger says of each slice, and the word of a person on held ones."""

from __future__ import annotations

from typing import Annotated

import typer

from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.flows.collect.drop import drop_slice
from gradeline.records.slices import State
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import slice_named

app = typer.Typer(help="List slices; release or drop those that are held.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The slice: source/stream/window, as `ls` prints it.")]


@app.command("ls")
def ls(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only slices of this source.")] = None,
    state: Annotated[State | None, typer.Option(help="Only slices in this state.")] = None,
    json: Json = False,
) -> None:
    """List slices with their state and counts."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts, parts.database.connect() as connection:
        entries = ledger.read_entries(connection, source=source, states=[state] if state else None)
    screen.table(
        ("slice", "state", "received", "stored", "already there", "quarantined", "tries", "reason"),
        [
            (
                str(each.slice),
                each.state,
                each.received,
                each.stored,
                each.already_there,
                each.quarantined,
                each.tries,
                each.reason,
            )
            for each in entries
        ],
    )


@app.command("release")
def release(context: typer.Context, name: Name) -> None:
    """Let a held slice in: the next run stores what it understands, the rest in quarantine."""
    screen = screen_of(context)
    with wired(settings_of(context), screen) as parts, parts.database.connect() as connection:
        ledger.release(connection, slice_named(name))
    screen.answer(f"{name} is released; the next run reads it.")


@app.command("drop")
def drop(context: typer.Context, name: Name) -> None:
    """Give up a held slice, or one that is gone from its source; raw bytes stay in the lake."""
    screen = screen_of(context)
    with wired(settings_of(context), screen) as parts:
        drop_slice(parts, slice_named(name))
    screen.answer(f"{name} is left out.")

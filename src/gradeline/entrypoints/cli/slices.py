"""`gradeline slices`: the ledger's entry of each slice, and decisions about those on hold."""

from __future__ import annotations

from typing import Annotated

import typer

from gradeline.entrypoints.cli.context import open_connection, open_run, screen_of, settings_of
from gradeline.records.slices import State
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import slice_named

app = typer.Typer(help="List slices; approve or discard those on hold.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The slice: source/stream/window, as `ls` prints it.")]


@app.command("ls")
def ls(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only slices of this source.")] = None,
    state: Annotated[State | None, typer.Option(help="Only slices in this state.")] = None,
) -> None:
    """List slices with their state and counts."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        entries = ledger.read_entries(connection, source=source, states=[state] if state else None)
    screen.table(
        ("slice", "state", "received", "stored", "already there", "quarantined", "tries", "reason"),
        [
            (
                str(entry.slice),
                entry.state,
                entry.counts.received,
                entry.counts.stored,
                entry.counts.already_there,
                entry.counts.quarantined,
                entry.tries,
                entry.reason,
            )
            for entry in entries
        ],
    )


@app.command("release")
def release(context: typer.Context, name: Name) -> None:
    """Approve a held slice: valid records load, the rest go to quarantine."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        ledger.release(connection, slice_named(name))
    screen.answer(f"{name} is approved. The next run loads it.", slice=name)


@app.command("drop")
def drop(context: typer.Context, name: Name) -> None:
    """Discard a held slice, or one that is gone from its source. Originals are kept."""
    from gradeline.flows.collect.drop import drop_slice  # brings Arrow

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        drop_slice(parts.database, parts.sources, slice_named(name))
    screen.answer(f"{name} was discarded. Originals are kept.", slice=name)

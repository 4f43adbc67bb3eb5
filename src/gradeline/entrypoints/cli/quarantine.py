"""`gradeline quarantine`: records that were rejected, and reading them again."""

from __future__ import annotations

from typing import Annotated

import typer

from gradeline.entrypoints.cli.context import (
    MOST_ROWS,
    open_connection,
    open_run,
    screen_of,
    settings_of,
)
from gradeline.warehouse.slices import quarantine

app = typer.Typer(
    help="Inspect rejected records and reload them after a fix.", no_args_is_help=True
)

_SHOWN_RAW_BYTES = 2_000  #: of a record, on the screen; `--json` prints all of them


@app.command("ls")
def ls(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only records of this source.")] = None,
    reason: Annotated[str | None, typer.Option(help="Only records with this reason code.")] = None,
    limit: Annotated[int, typer.Option(help="At most this many.", min=1, max=MOST_ROWS)] = 100,
) -> None:
    """List rejected records: where each came from and what is wrong with it."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        records = quarantine.ls(connection, source=source, reason_code=reason, most=limit)
        counts = quarantine.counts(connection, source=source)
    if not records and not screen.json:
        screen.answer("Nothing is in quarantine.")
        return
    screen.table(
        ("id", "slice", "place", "reason"),
        [(one.quarantine_id, str(one.slice), one.place, one.reason) for one in records],
    )
    if not screen.json:
        for row in counts:
            screen.answer(f"{row.source}: {row.records} {row.reason_code}")


@app.command("show")
def show(
    context: typer.Context,
    quarantine_id: Annotated[
        int, typer.Argument(help="The ID, as `ls` prints it.", min=1, max=MOST_ROWS)
    ],
) -> None:
    """Show one rejected record: its place, the reason, its bytes as received."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
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
) -> int:
    """Retry quarantined records from the saved originals."""
    from gradeline.entrypoints.cli.run_result import print_result  # brings Arrow
    from gradeline.flows.replay import replay as replay_slices  # as above
    from gradeline.flows.run import RunResult, find_rejected  # as above

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        collected = tuple(replay_slices(parts, source, screen.progress))
        rejected = find_rejected(parts.database, collected)
    if not collected and not screen.json:
        screen.answer("Nothing is in quarantine.")
    return print_result(RunResult(collected=collected, rejected=rejected), screen)

"""`gradeline transform`: move user properties into their two tables."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import screen_of, settings_of
from gradeline.wiring.database import wire_database


class Whose(StrEnum):
    """Whose rows are moved."""

    ALL = "all"
    AMPLITUDE = "amplitude"
    APPMETRICA = "appmetrica"
    POSTED = "posted"


def transform(
    context: typer.Context,
    source: Annotated[Whose, typer.Option(help="Whose rows.")] = Whose.ALL,
) -> None:
    """Move user properties that were posted into permanent_ and changeable_user_properties.

    field_mappings.yaml says which property goes where. What sources load is there already.
    """
    from gradeline.flows.transform import ask_transform  # brings Arrow
    from gradeline.flows.transform import transform as transform_rows
    from gradeline.sources.product_events.field_mappings import read_mappings  # as above

    screen, settings = screen_of(context), settings_of(context)
    mappings = read_mappings(settings.gradeline_home)
    with wire_database(settings, screen.say) as database:
        done = transform_rows(
            database, mappings, ask_transform(database, source, getpass.getuser())
        )
    left = "; ".join(f"{count(rows, 'row')} left: {why}" for why, rows in done.left_rows.items())
    screen.answer(
        f"Moved {count(done.migrated, 'row')} of {count(done.slices, 'slice')}: wrote"
        f" {count(done.permanent, 'row')} of permanent and {done.changeable} of changeable"
        f" properties.{' ' + left + '.' if left else ''}",
        report_id=done.report_id,
        migrated=done.migrated,
        permanent=done.permanent,
        changeable=done.changeable,
        left_rows=dict(done.left_rows),
    )

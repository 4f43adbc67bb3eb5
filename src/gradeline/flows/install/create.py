"""Stages 2.0, 2.1 and 5.0: make the tables and views that are missing."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.flows.install.work import Work
from gradeline.records.bot_tables import BOT_TABLES
from gradeline.warehouse import Role
from gradeline.warehouse.install.make import act_as, make_links, make_tables, make_views
from gradeline.warehouse.install.notes import pending_drops
from gradeline.warehouse.install.restore import raise_numbers


def create_tables(work: Work, tables: Sequence[str]) -> list[str]:
    """Make those of the tables that are missing, as migrations make them; return them.

    Rows that were dropped and are not restored yet keep their numbers: new rows get greater ones.

    Raises:
        WarehouseError: PostgreSQL refuses a statement.
    """
    connection = work.connection
    act_as(connection, Role.LOADER)
    pending = pending_drops(connection, tables)
    act_as(connection, Role.OWNER)
    awaited = {one.table for one in pending if one.rows}
    made = make_tables(connection, tables, without_rows=awaited)
    numbers: dict[str, dict[str, int]] = {}
    for one in pending:
        for column, number in one.next_numbers.items():
            own = numbers.setdefault(one.table, {})
            own[column] = max(number, own.get(column, 1))
    raise_numbers(connection, {table: numbers[table] for table in numbers if table in made})
    for table in made:
        waits = "; its rows wait in a backup for stage 3.0" if table in awaited else ""
        work.tell(f"{table}: created{waits}")
    for link in make_links(connection, BOT_TABLES):
        work.tell(f"{link.table}: the foreign key {link.name} waits for stage 3.0")
    if not made:
        work.tell("All tables are there; nothing is created.")
    return made


def create_views(work: Work, views: Sequence[str]) -> list[str]:
    """Make those of the views that are missing; return them.

    Raises:
        WarehouseError: a table that a view is about is missing.
    """
    made = make_views(work.connection, views)
    for view in made:
        work.tell(f"{view}: created")
    if not made:
        work.tell("All views are there; nothing is created.")
    return made

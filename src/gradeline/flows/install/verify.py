"""Stage 4.0: check what no foreign key enforces, and that all foreign keys are there."""

from __future__ import annotations

from gradeline.flows.install.work import Work, present
from gradeline.records.bot_tables import BOT_TABLES
from gradeline.warehouse import Role
from gradeline.warehouse.install.links import find_mismatches, missing_keys
from gradeline.warehouse.install.make import act_as


def verify_links(work: Work) -> None:
    """List names of levels that one list has and the other has not; each is a problem.

    They do not end the install: the rows are as they were before.

    Raises:
        WarehouseError: PostgreSQL refuses to read them.
    """
    missing = [table for table in BOT_TABLES if table not in present(work, BOT_TABLES)]
    for table in missing:
        work.problem(f"{table} does not exist; `gradeline install` makes it.")
    if missing:
        return
    act_as(work.connection, Role.LOADER)
    found = find_mismatches(work.connection)
    act_as(work.connection, Role.OWNER)
    for one in found:
        work.problem(f"The level {one.name!r} of {one.where} is not in {one.missing_in}.")
    for table, name in missing_keys(work.connection, BOT_TABLES):
        work.problem(f"{table} lacks its foreign key {name}; stage 3.0 restores the rows for it.")
    if not work.problems:
        work.tell("Every level has its counterpart, and every foreign key is there.")

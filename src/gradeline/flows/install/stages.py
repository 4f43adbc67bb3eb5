"""The stages of an install, in their order, and how they are run.

Those that change tables share one transaction: a failure or a kill leaves the database as it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gradeline.base.errors import WrongUse
from gradeline.flows.install.create import create_tables, create_views
from gradeline.flows.install.finish import keep_latest, report
from gradeline.flows.install.remove import remove_tables
from gradeline.flows.install.restore import restore_backups
from gradeline.flows.install.verify import verify_links
from gradeline.flows.install.work import Installation, Work
from gradeline.records.bot_tables import (
    BOT_TABLES,
    BOT_VIEWS,
    CLIENT_TABLES,
    DICTIONARY_TABLES,
)
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.adopt import ADOPTABLE, earlier_tables
from gradeline.warehouse.install.dumps import delete_unproven
from gradeline.warehouse.install.notes import pending_drops
from gradeline.warehouse.install.scratch import drop_left_behind
from gradeline.warehouse.install.transaction import install_transaction
from gradeline.warehouse.schema.views import ensure_views


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of an install."""

    number: str
    title: str
    #: what it does in the transaction of all stages; None = it has one of its own, afterwards
    work: Callable[[Work], object] | None


BACKUP_STAGE = "7.0"
STAGES = (
    Stage(
        number="1.0",
        title="Back up and drop all tables of the bot",
        work=partial(remove_tables, tables=BOT_TABLES),
    ),
    Stage(
        number="1.1",
        title="Back up and drop the dictionary",
        work=partial(remove_tables, tables=DICTIONARY_TABLES),
    ),
    Stage(
        number="2.0",
        title="Create the tables of levels and clients",
        work=partial(create_tables, tables=CLIENT_TABLES),
    ),
    Stage(
        number="2.1",
        title="Create the tables of the dictionary",
        work=partial(create_tables, tables=DICTIONARY_TABLES),
    ),
    Stage(number="3.0", title="Restore rows from the latest backup", work=restore_backups),
    Stage(number="4.0", title="Check levels and links", work=verify_links),
    Stage(number="5.0", title="Create views", work=partial(create_views, views=BOT_VIEWS)),
    Stage(number="6.0", title="Report", work=report),
    Stage(number=BACKUP_STAGE, title="Write the backup of the day", work=None),
)
#: What a bare install does for the bot: it makes what is missing and drops nothing.
MAKING = ("2.0", "2.1", "5.0")


def stages_of(numbers: Sequence[str]) -> list[Stage]:
    """Return the stages with these numbers, in their order.

    Raises:
        WrongUse: there is no such stage.
    """
    known = {stage.number: stage for stage in STAGES}
    for number in numbers:
        if number not in known:
            raise WrongUse(f"There is no stage {number}.", hint=f"Stages are {', '.join(known)}.")
    return [stage for stage in STAGES if stage.number in numbers]


def run_stages(place: Installation, stages: Sequence[Stage]) -> list[str]:
    """Run stages; return what is wrong with the tables, which is no failure of the install.

    Raises:
        GradelineError: a stage failed. No table is changed, unless the stage is 7.0, which
            changes none.
    """
    problems: list[str] = []
    within = [stage for stage in stages if stage.work is not None]
    if within:
        with install_transaction(place.database) as connection:
            delete_unproven(place.dumps)
            drop_left_behind(place.database)
            work = Work(
                installation=place,
                connection=connection,
                run=uuid.uuid4().hex[:12],
                stage="",
                problems=problems,
            )
            for stage in within:
                _run(replace(work, stage=stage.number), stage)
        with place.database.connect() as connection:
            whole = len(catalog.present(connection, BOT_TABLES)) == len(BOT_TABLES)
        if whole:
            ensure_views(place.database)
    if any(stage.work is None for stage in stages):
        place.tell(f"{BACKUP_STAGE}  {STAGES[-1].title} …")
        problems += keep_latest(place)
    return problems


def make_missing(place: Installation) -> None:
    """Do what a bare install does for the bot: make tables and views that are missing, if any are.

    What waits for stage 3.0 is told.

    Raises:
        WarehouseError: PostgreSQL refuses a statement; nothing is made.
    """
    names = (*BOT_TABLES, *BOT_VIEWS)
    with place.database.connect() as connection:
        missing = {*names} - {*catalog.present(connection, names)}
        waiting = {one.table for one in pending_drops(connection, BOT_TABLES) if one.rows}
        earlier = earlier_tables(connection, BOT_TABLES)
    if missing:
        run_stages(place, stages_of(MAKING))
    for table in [table for table in BOT_TABLES if table in waiting]:
        place.tell(
            f"{table}: rows wait in a backup; `gradeline install --stage 3.0` restores them."
        )
    for table in [table for table in ADOPTABLE if table in earlier]:
        place.tell(
            f"before_gradeline.{table}: an earlier bot's; `gradeline install --stage 3.0` takes"
            " over what it can."
        )


def _run(work: Work, stage: Stage) -> None:
    work.tell(f"{stage.title} …")
    if stage.work is not None:
        stage.work(work)

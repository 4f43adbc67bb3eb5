"""`gradeline backup`, `restore`, `verify`, `backups`: the whole product, kept and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.base.clock import now
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import RESTORE_MARK, open_run, screen_of, settings_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.settings import Settings
from gradeline.wiring.backups import wire_backups
from gradeline.wiring.database import wire_database
from gradeline.wiring.home import open_home

if TYPE_CHECKING:
    from gradeline.flows.backups.forgotten_list import Digests
    from gradeline.flows.backups.keep import Deletion
    from gradeline.flows.backups.verify import VerifyResult
    from gradeline.flows.learners.forget_again import SettleResult

app = typer.Typer(help="List backups; delete one.", no_args_is_help=True)

BackupId = Annotated[
    str, typer.Argument(metavar="BACKUP", help="Its ID or the start of it; by default the newest.")
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="URL", help="Where backups are, instead of BACKUP_URL."),
]
Unsigned = Annotated[
    bool, typer.Option("--unsigned", help="Also if the key that signed it is not here.")
]


def backup(
    context: typer.Context,
    smaller: Annotated[
        bool, typer.Option("--smaller", help="It is meant to have much less than the last one.")
    ] = False,
) -> int:
    """Back up the database and everything it names."""
    from gradeline.flows.backups.make import back_up, describe, origin_of  # brings the lake
    from gradeline.flows.deliver.deliver import deliver  # as above
    from gradeline.flows.deliver.plan import Occasion  # as above

    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        try:
            with screen.progress("backing up") as watch:
                made = back_up(origin_of(parts), watch, smaller=smaller)
        finally:  # people are told of one that failed, too
            deliver(parts, Occasion(now=now()))
    screen.answer(
        describe(made),
        backup=made.note.backup_id,
        place=made.note.place,
        rows=made.note.rows,
        dump_bytes=made.note.dump_bytes,
        files=made.note.objects,
        file_bytes=made.note.object_bytes,
        left_out=list(made.manifest.left_out),
        problem=made.note.problem,
    )
    if made.manifest.left_out:
        screen.say(f"Not ours, and not in it: {', '.join(made.manifest.left_out)}.")
    _print_deleted(made.deleted, screen)
    if made.note.problem:
        screen.say(f"Look at this: {made.note.problem}")
    return 1 if made.note.problem else 0


def verify(
    context: typer.Context,
    backup_id: BackupId = "",
    source: From = None,
    rehearse: Annotated[
        bool,
        typer.Option("--restore", help="Restore it into a database of its own, and compare."),
    ] = False,
    unsigned: Unsigned = False,
) -> int:
    """Check every byte of a backup."""
    from gradeline.flows.backups.manifest import Trust  # brings the lake
    from gradeline.flows.backups.store import find_id  # as above
    from gradeline.flows.backups.verify import verify as verify_backup  # as above

    screen, settings = screen_of(context), settings_of(context)
    plan = wire_backups(settings, source)
    with open_home(settings) as spool:
        found_id = find_id(plan.open_store(), backup_id)
        with screen.progress("verifying") as watch:
            if rehearse:
                with wire_database(settings, screen.say) as database:
                    found = verify_backup(plan, found_id, spool, watch, database)
            else:
                found = verify_backup(plan, found_id, spool, watch)
    told_trust = found.manifest is not None and found.trust != Trust.SIGNED
    for problem in found.problems:
        screen.say(problem)
    if told_trust:
        screen.say(_UNKNOWN_KEY)
    good = not found.problems and (unsigned or not told_trust)
    screen.answer(_verdict(found, good=good), backup=found_id, good=good, signature=found.trust)
    return 0 if good else 1


_UNKNOWN_KEY = (
    "The key that signed it is not here. Its bytes agree with its checksums; whether somebody"
    " changed both cannot be told. Set BACKUP_SECRET as it was, or put db/backup-key of the old"
    " home into this one."
)


def _verdict(found: VerifyResult, *, good: bool) -> str:
    if found.manifest is None or found.problems:
        return f"Backup {found.backup_id} is damaged: {count(len(found.problems), 'problem')}."
    files = count(len(found.manifest.files), "file")
    rows = count(found.manifest.content.rows, "row")
    kind = "is whole" if good else "may be whole"
    return f"Backup {found.backup_id} {kind}: {rows}, {files}; its signature: {found.trust}."


def restore(
    context: typer.Context,
    backup_id: BackupId = "",
    source: From = None,
    unsigned: Unsigned = False,
    lake_stays: Annotated[
        bool,
        typer.Option("--lake-stays", help="Keep what the lake has, and add what it lacks."),
    ] = False,
) -> None:
    """Restore a backup into a new, empty place, and compare it.

    The place is the one that the settings name: GRADELINE_HOME or --home, DATABASE_URL, LAKE_URL.
    """
    from gradeline.flows.backups.restore import Choice, Place  # brings the lake
    from gradeline.flows.backups.restore import restore as restore_backup  # as above
    from gradeline.flows.backups.store import find_id  # as above
    from gradeline.wiring.lake import wire_lake  # as above
    from gradeline.wiring.server import server_of  # as above

    screen, settings = screen_of(context), settings_of(context, restoring=True)
    plan = wire_backups(settings, source)
    mark = settings.gradeline_home / RESTORE_MARK
    with open_home(settings) as spool:
        found_id = find_id(plan.open_store(), backup_id)
        place = Place(server=server_of(settings), lake=wire_lake(settings), spool=spool, mark=mark)
        choice = Choice(backup_id=found_id, unsigned=unsigned, lake_stays=lake_stays)
        with screen.progress("restoring") as watch:
            done = restore_backup(plan, choice, place, screen.say, watch)
    settled = _settle(settings, screen, done.forgotten)
    mark.unlink(missing_ok=True)
    rows, files = count(done.manifest.content.rows, "row"), count(len(done.manifest.files), "file")
    screen.answer(
        f"Backup {found_id} is restored, and equal to what was backed up: {rows}, {files}."
        f" {count(settled.forgotten, 'learner')} who were forgotten after it were erased again."
        f" {count(settled.held, 'message')} that were not sent by then wait for"
        " `gradeline deliveries retry`.",
        backup=found_id,
        rows=done.manifest.content.rows,
        files=len(done.manifest.files),
        forgotten=settled.forgotten,
        held=settled.held,
    )
    for key in done.manifest.missing:
        screen.say(f"{key} was missing when the backup was made, and is missing here.")


def _settle(settings: Settings, screen: Screen, digests: Digests) -> SettleResult:
    from gradeline.flows.learners.forget_again import settle_restored  # brings Ibis
    from gradeline.wiring.run import terms_of  # brings Arrow

    with open_run(settings, screen) as parts:
        terms = terms_of(settings, None)
        return settle_restored(parts, digests, terms, screen.progress, screen.say)


@app.command("ls")
def ls(context: typer.Context, source: From = None) -> None:
    """List backups, the oldest first, with what is wrong with one."""
    from gradeline.flows.backups.store import Backup, read_backups  # brings the lake

    screen, settings = screen_of(context), settings_of(context)
    plan = wire_backups(settings, source)
    with open_home(settings):
        store = plan.open_store()
        rows = [
            (
                each.backup_id,
                f"{each.manifest.made_at:%Y-%m-%d %H:%M:%S}",
                each.manifest.content.rows,
                len(each.manifest.files),
                each.manifest.dump.size + each.manifest.file_bytes,
                str(each.trust),
            )
            if isinstance(each, Backup)
            else (each[0], "", "", "", "", f"damaged: {each[1].what}")
            for each in read_backups(store, plan.keys)
        ]
    if rows or screen.json:
        columns = ("backup", "as of (UTC)", "rows", "files", "bytes", "signature")
        screen.table(columns, rows)
    else:
        screen.say(f"No backups in {store.description}. `gradeline backup` makes one.")


@app.command("rm")
def rm(
    context: typer.Context,
    backup_id: Annotated[str, typer.Argument(metavar="BACKUP", help="Its ID.")],
) -> None:
    """Delete a backup, and what only it has; never the only good one."""
    from gradeline.flows.backups.keep import remove_backup  # brings the lake
    from gradeline.warehouse.backups import one_at_a_time  # as above

    screen, settings = screen_of(context), settings_of(context)
    plan = wire_backups(settings)
    with (
        wire_database(settings, screen.say) as database,
        database.connect(autocommit=True) as connection,
        one_at_a_time(connection),
    ):
        _print_deleted(remove_backup(plan, backup_id), screen)


def _print_deleted(deleted: Deletion, screen: Screen) -> None:
    for backup_id in deleted.backups:
        screen.answer(f"Deleted the backup {backup_id}.", deleted=backup_id)
    if deleted.kept_for:
        screen.say(
            f"Damaged: {', '.join(deleted.kept_for)}. No file was deleted, since they may name it;"
            " `gradeline backups rm` deletes a backup."
        )

"""D6: backups under writes, restored into fresh places and equal, with kills of both commands."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradeline.base.errors import GradelineError
from gradeline.flows.backups.make import back_up
from gradeline.flows.backups.restore import Choice, restore
from gradeline.flows.backups.store import list_ids
from gradeline.flows.backups.verify import verify
from gradeline.lake import open_lake
from gradeline.warehouse import Database, EmbeddedServer, open_warehouse
from gradeline.warehouse.comparison import differences, read_fingerprint
from proofs.promise import IDLE, Setting, Try
from proofs.rig.backing_up import Installation, find_torn, fresh_place, installation, writing
from proofs.rig.command import School
from proofs.rig.kills import Record

#: Of so many cycles a backup and a restore are killed once.
_KILLED = 10


def backup(setting: Setting) -> Iterator[Try]:
    """Back up and restore while others write; kill a backup or a restore now and then."""
    with _ground() as ground, installation(ground, "h") as made, writing(made) as wrong:
        for number in range(1, setting.many(100, 3) + 1):
            folder = ground / f"r{number}"
            if number % _KILLED == 2:
                yield _killed_backup(setting, made, folder, number)
            elif number % _KILLED == 3:
                yield _killed_restore(setting, made, folder, number)
            else:
                yield Try(name=f"cycle {number}", wrong=_cycle(made, folder))
        yield Try(name="writers", wrong="; ".join(wrong))


def _cycle(made: Installation, folder: Path) -> str:
    """Back up, verify, restore; say what is not equal."""
    origin = made.origin
    try:
        done = back_up(origin, _unwatched)
        backup_id = done.note.backup_id
        problems = verify(origin.plan, backup_id, origin.spool, _unwatched).problems
        if problems or done.note.problem:
            return f"{done.note.problem}; {problems}"
        with fresh_place(made, folder) as (place, database):
            choice = Choice(backup_id=backup_id)
            restore(origin.plan, choice, place, lambda _: None, _unwatched)
            differ = differences(done.manifest.content, read_fingerprint(database))
            files = [f.key for f in done.manifest.files if not place.lake.exists(f.key)]
            return f"{differ} {files}" if differ or files else find_torn(database, place.lake)
    except GradelineError as error:
        return str(error)


def _killed_backup(setting: Setting, made: Installation, folder: Path, number: int) -> Try:
    """Kill `gradeline backup` at a point; what was backed up before is whole, and the next is."""
    school = School(home=made.home, data=folder, env=_SETTINGS, forks=True)
    record = Record(setting.folder / f"points-{number}")
    at = _point(setting, "backup", school)
    before = list_ids(made.origin.plan.open_store())
    done = school.call("backup", through=("proofs.rig.kill_points", str(record.path), at))
    landed = record.labels()[-1] if done.returncode == -signal.SIGKILL else IDLE
    store = made.origin.plan.open_store()
    for backup_id in list_ids(store):
        found = verify(made.origin.plan, backup_id, made.origin.spool, _unwatched)
        if found.problems:
            return Try(name=f"backup killed at {at}", wrong=str(found.problems), landed=landed)
    lost = set(before[-1:]) - set(list_ids(store))
    wrong = f"lost {lost}" if lost and landed != IDLE else _cycle(made, folder)
    return Try(name=f"backup killed at {at}", wrong=wrong, landed=landed)


def _killed_restore(setting: Setting, made: Installation, folder: Path, number: int) -> Try:
    """Kill `gradeline restore` into a new home at a point; the same command goes on to the end."""
    done = back_up(made.origin, _unwatched)
    folder.mkdir()
    folder.chmod(0o711)
    school = School(home=folder / "h", data=folder, env=_SETTINGS, forks=True)
    record = Record(setting.folder / f"points-{number}")
    at = str(setting.luck.randrange(1, 6 * len(done.manifest.files)))
    words = ("restore", done.note.backup_id, "--from", f"file:{made.home / 'backup'}")
    words += ("--unsigned",)
    ended = school.call(*words, through=("proofs.rig.kill_points", str(record.path), at))
    landed = record.labels()[-1] if ended.returncode == -signal.SIGKILL else IDLE
    if landed != IDLE:
        ended = school.call(*words)
    wrong = ended.stderr if ended.returncode else _compare_home(school.home, done.manifest.content)
    school.stop()
    return Try(name=f"restore killed at {at}", wrong=wrong, landed=landed)


def _compare_home(home: Path, content) -> str:
    place = EmbeddedServer(home=home)
    with open_warehouse(place, say=lambda _: None, migrate=False) as database:
        differ = _but_settled(differences(content, read_fingerprint(database)))
        return str(differ) if differ else _torn(database, home)


def _torn(database: Database, home: Path) -> str:
    return find_torn(database, open_lake(f"file:{home}"))


def _but_settled(differ) -> list[str]:
    """Leave out what the end of a restore writes on purpose: the views it compiles for itself."""
    return [each for each in differ if not each.startswith("view ")]


def _point(setting: Setting, command: str, school: School) -> str:
    """Return the first point of some kind that a command which lives comes to."""
    record = Record(setting.folder / f"all-{command}")
    if not record.path.exists():
        done = school.call(command, through=("proofs.rig.kill_points", str(record.path), "0"))
        if done.returncode:
            raise AssertionError(f"exit {done.returncode} without a kill: {done.stderr}")
    # By its kind: another backup has more or fewer objects to copy.
    labels = sorted(set(record.labels()))
    return f"{setting.luck.choice(labels)}@1"


_SETTINGS = {"FILES_DATASETS": ""}


def _unwatched(_done: int, _of: int, _what: object) -> None:
    """Watch nothing."""


@contextmanager
def _ground() -> Iterator[Path]:
    """A folder with a short path that other users may enter: as root PostgreSQL is one."""
    with tempfile.TemporaryDirectory(prefix="gl-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)

"""Whoever was forgotten after a backup stays forgotten when it is restored."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import say_nothing
from tests.flows.learners.conftest import (  # noqa: F401 - fixtures
    counted,
    everything_kept,
    no_progress,
    opened,
    place,
    school,
    terms,
)

from gradeline.flows.backups.make import back_up, origin_of
from gradeline.flows.backups.restore import Choice, Place, restore
from gradeline.flows.learners.forget import forget
from gradeline.flows.learners.forget_again import settle_restored
from gradeline.flows.parts import Parts
from gradeline.lake import open_lake
from gradeline.warehouse import EmbeddedServer, stop_embedded

from .conftest import unwatched


def _new_home(home: Path) -> Place:
    for folder in (home.parent, home):
        folder.mkdir()
        folder.chmod(0o711)
    (home / "spool").mkdir()
    return Place(
        server=EmbeddedServer(home=home),
        lake=open_lake(f"file:{home}"),
        spool=home / "spool",
        mark=home / "restore-unfinished.json",
    )


@pytest.mark.slow
def test_a_restore_forgets_again(school: Parts, place: Path) -> None:  # noqa: F811
    """A learner who was forgotten after the backup is in it, and is nowhere after a restore."""
    origin = origin_of(school)
    made = back_up(origin, unwatched)
    forget(school, "files:s:11", terms(), no_progress, say_nothing)
    new = place / "new"
    choice = Choice(backup_id=made.note.backup_id)
    done = restore(origin.plan, choice, _new_home(new / "home"), say_nothing, unwatched)
    assert done.manifest == made.manifest
    for name in ("data", "mapping"):
        (new / name).symlink_to(place / name)
    with opened(new) as parts:
        assert "Person, 11" in everything_kept(parts, new / "home")
        settled = settle_restored(parts, done.forgotten, terms(), no_progress, say_nothing)
        assert settled.forgotten == 1
        assert "Person, 11" not in everything_kept(parts, new / "home")
    stop_embedded(new / "home")

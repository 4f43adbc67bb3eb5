"""Two runs at once: each slice is done by one of them, and the end is that of one run alone."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.warehouse import EmbeddedServer, Role, open_warehouse
from proofs.ingest.crash_run import AS_OF, small_school
from proofs.promise import Setting, Try
from proofs.rig.command import School, make_home, school
from proofs.rig.state import state_of


def two_runs(setting: Setting) -> Iterator[Try]:
    """Start several runs of one home together: an empty one, and one with a database."""
    data = small_school(setting)
    made = make_home(setting.folder / "made")
    with school(setting.folder / "clean", data, like=made, forks=True) as clean:
        clean.run(*AS_OF)
        wanted = state_of(clean)
    for turn in range(1, setting.many(6, 1) + 1):
        many = 2 if setting.small else setting.luck.choice((2, 2, 3))
        like = made if turn % 2 else None
        with school(setting.folder / f"turn-{turn}", data, like=like, forks=True) as place:
            wrong = _together(place, many) or _done_twice(place)
            wrong = wrong or wanted.differs_from(state_of(place))
            yield Try(name=f"{many} runs at once, turn {turn}", wrong=wrong)


def _together(place: School, many: int) -> str:
    """Run at the same time; what was wrong with how they ended."""
    started = [place.start("run", place.source, *AS_OF) for _ in range(many)]
    ended = [command.ended() for command in started]
    return "; ".join(
        f"exit {done.returncode}: {done.stderr[-300:]}" for done in ended if done.returncode
    )


def _done_twice(place: School) -> str:
    """Slices that more than one of the runs settled: work that was not shared."""
    with (
        open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        database.connect(Role.BACKUP) as connection,
    ):
        rows = connection.execute(b"select name from slices where tries > 1").fetchall()
    return f"{len(rows)} slices were done twice: {rows[0][0]}" if rows else ""

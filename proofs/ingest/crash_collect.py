"""A1 over the network: a run over five systems is killed anywhere; the next ends as any does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gradeline.sandbox import Pace, every_system
from proofs.promise import Setting, Try
from proofs.rig.command import School, make_home, school
from proofs.rig.in_process import DAY, Contents, contents_at
from proofs.rig.invariants import find_violations
from proofs.rig.kills import Kill, Record, at_moments, at_points, command, killed, run_undisturbed

SPEED = 100.0
#: One hour of a day; of LearnWorlds and the database all there is.
RUN = ("run", "--download-only", "--since", f"{DAY:%F}T09:00", "--until", f"{DAY:%F}T10:00")
#: The rows are committed, and nothing that follows has happened: where others loaded the same
#: rows again (dlt #3023).
_COMMITTED = "after settle.load_slice"
_POINTS, _MOMENTS = 30, 20


def crash_collect(setting: Setting) -> Iterator[Try]:
    """Kill the command at points and at moments; look at what it left, run again, compare."""
    made = make_home(setting.folder / "made")
    with every_system(Pace(speed=SPEED), first_day=DAY.date()) as systems:
        env = {**systems.settings, "FILES_DATASETS": ""}
        with school(setting.folder / "clean", Path(), like=made, forks=True, **env) as clean:
            record = Record(setting.folder / "points")
            lasts = run_undisturbed(clean, record, command(*RUN))
            wanted = contents_at(clean.home)
        kills = _kills(setting, record.labels(), lasts)
        for number, kill in enumerate(kills, start=1):
            folder = setting.folder / f"kill-{number}"
            with school(folder, Path(), like=made, forks=True, **env) as place:
                own = Record(setting.folder / f"record-{number}")
                landed, left = killed(place, own, command(*RUN), kill)
                yield Try(name=kill.name, wrong=left or _after(place, wanted), landed=landed)


def _kills(setting: Setting, labels: Sequence[str], lasts: float) -> Iterator[Kill]:
    """What to kill at: the place that is named after a bug, points of every kind, moments."""
    for _ in range(setting.many(3, 1)):
        at = f"{_COMMITTED}@{setting.luck.randint(1, labels.count(_COMMITTED))}"
        yield Kill(name=f"dlt #3023: kill {at}", at=at)
    yield from at_points(labels, setting.many(_POINTS, 0), setting.luck)
    yield from at_moments(lasts, setting.many(_MOMENTS, 0), setting.luck)


def _after(place: School, wanted: Contents) -> str:
    """Look at what the kill left, run again undisturbed, and compare all that is there."""
    wrong = find_violations(place)
    done = place.call(*RUN)
    if done.returncode:
        return wrong or f"the rerun failed: {done.stdout[-300:]} {done.stderr[-500:]}"
    return wrong or wanted.differs_from(contents_at(place.home))

"""A1: the run is killed at any point; the next run leaves what an undisturbed run leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from proofs.promise import Setting, Try
from proofs.rig.command import School, make_home, school
from proofs.rig.invariants import find_rewritten, find_violations, stamps
from proofs.rig.kills import Kill, Record, at_moments, at_points, command, killed, run_undisturbed
from proofs.rig.oulad import cut
from proofs.rig.state import State, state_of

#: All of module AAA is over then, so that the day of the proof changes nothing.
AS_OF = ("--as-of", "2015-12-31")
RUN = ("run", "files:school", *AS_OF)
_MOMENTS = 8


def crash_run(setting: Setting) -> Iterator[Try]:
    """Kill the whole run, from files to documents: at points, and at moments by chance."""
    data = small_school(setting)
    made = None if setting.small else make_home(setting.folder / "made")
    with school(setting.folder / "clean", data, forks=True) as clean:
        record = Record(setting.folder / "points")
        run_undisturbed(clean, record, command(*RUN))
        wanted = state_of(clean)
    # At points the home is empty and its database is made under the kill too.
    points = at_points(record.labels(), setting.many(12, 2), setting.luck)
    moments = () if made is None else _moments(setting, data, made)
    for number, kill in enumerate(chain(points, moments), start=1):
        like = None if kill.moment is None else made
        with school(setting.folder / f"kill-{number}", data, like=like, forks=True) as place:
            own = Record(setting.folder / f"record-{number}")
            landed, left = killed(place, own, command(*RUN), kill)
            wrong = left or _after(place, wanted)
            yield Try(name=kill.name, wrong=wrong, landed=landed)


def _moments(setting: Setting, data: Path, made: Path) -> Iterable[Kill]:
    """Moments by chance, within the time that an undisturbed run takes."""
    with school(setting.folder / "timed", data, like=made, forks=True) as timed:
        lasts = run_undisturbed(timed, Record(setting.folder / "moments"), command(*RUN))
    return at_moments(lasts, _MOMENTS, setting.luck)


def small_school(setting: Setting) -> Path:
    """All of module AAA, or sixty learners of one presentation for the quick subset."""
    if not setting.small:
        return cut(setting.folder / "data")
    return cut(setting.folder / "data", presentations=("2013J",), learners=60, luck=setting.luck)


def _after(place: School, wanted: State) -> str:
    """Look at what the kill left, run again undisturbed, and compare all that is there."""
    wrong = find_violations(place)
    objects = stamps(place.home, "lake")
    done = place.call(*RUN)
    if done.returncode != 0:
        return f"the rerun failed: {done.stderr[-500:]}"
    written = find_rewritten(objects, stamps(place.home, "lake"))
    return "; ".join(filter(None, (wrong, written, wanted.differs_from(state_of(place)))))

"""A4: records that were not understood come back once they are, from what the lake has of them.

What was wrong is not the data but how they were read: a mapping, or a reader that knew less.
`gradeline quarantine replay` brings them back, each of them once; a slice that is held comes in
when a person releases it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType, ModuleType

from gradeline.flows.parts import Parts
from gradeline.flows.replay import replay
from gradeline.records.slices import State
from gradeline.sources.amplitude import parse as amplitude_parse
from gradeline.sources.amplitude import source as amplitude_source
from gradeline.sources.amplitude import validate as amplitude_validate
from gradeline.sources.grader import rows as grader_rows
from gradeline.sources.grader import source as grader_source
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger, quarantine
from proofs.ingest.crash_load import written
from proofs.ingest.crash_run import AS_OF
from proofs.promise import Setting, Try
from proofs.rig.command import School
from proofs.rig.in_process import Contents, TwinServer, collected, contents_in, ground, held, server
from proofs.rig.invariants import find_violations_in
from proofs.rig.shared_server import served_school

SLICE = "files:school/attempts/attempts.csv"
SPEED = 100.0


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A mistake in the mapping of attempts."""

    name: str
    right: str  #: what stands there once
    wrong: str  #: what stands there by mistake
    held: bool  #: whether it breaks so many records that the slice is held


MISTAKES = (
    Mistake(
        name="a day that no calendar has",
        right='"at" FROM',
        wrong="CASE WHEN attempt_id LIKE '%7' THEN '31.02.2024' ELSE \"at\" END AS \"at\" FROM",
        held=True,
    ),
    Mistake(
        name="a comma in a number",
        right=" score,",
        wrong=" CASE WHEN attempt_id = 'a99' THEN '1,5' ELSE score END AS score,",
        held=False,
    ),
    Mistake(
        name="a kind that is none",
        right="'answer' AS kind",
        wrong="CASE WHEN item_id = 'i3' THEN 'quiz' ELSE 'answer' END AS kind",
        held=True,
    ),
    Mistake(
        name="a learner without an id",
        right=" learner_id,",
        wrong=" CASE WHEN attempt_id <> 'a77' THEN learner_id END AS learner_id,",
        held=False,
    ),
    Mistake(
        name="scores in percent",
        right=" score,",
        wrong=" try_cast(score AS DOUBLE) * 100 AS score,",
        held=True,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """Readers of a source that knew less: they took ids of these beginnings alone."""

    source: ModuleType  #: whose VERSION was another one
    places: Sequence[tuple[ModuleType, str]]  #: where the form of an id stands
    rest: str  #: of an id, behind its first sign
    known: Sequence[str]


#: An hour of the grader has fewer records than a slice is held for; one of Amplitude has more, and
#: would be held if half of it were broken.
NARROW = MappingProxyType(
    {
        "grader": Narrow(
            source=grader_source,
            places=[(grader_rows, "_USER")],
            rest="[0-9a-f]{31}",
            known=("[0-9a-e]", "[0-9a-b]", "[0-7]", "0"),
        ),
        "amplitude": Narrow(
            source=amplitude_source,
            places=[(amplitude_validate, "UUID_FORM"), (amplitude_parse, "UUID_FORM")],
            rest="[0-9a-f]{7}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            known=("[0-9a-e]", "[0-9a-b]", "[1-9a-f]"),
        ),
    }
)


def replayed(setting: Setting) -> Iterator[Try]:
    """Read wrongly, fix the reader, replay twice or release; compare with right readings."""
    yield from _of_files(setting)
    with ground(setting.folder / "systems", SPEED) as there:
        for name, narrow in NARROW.items():
            yield from _of_system(setting, there, name, narrow)


def _of_files(setting: Setting) -> Iterator[Try]:
    right = written(setting.folder, 1)
    data = right / "data"
    with server(setting.folder / "files") as there:
        with served_school(there, data, str(right / "mapping")) as (place, database):
            _called(place, 0, "run", place.source, *AS_OF)
            wanted = contents_in(database, place.home)
        for mistake in MISTAKES[: setting.many(len(MISTAKES), 2)]:
            for released in (False, True)[: 1 + mistake.held]:
                mapping = _mistaken(right / "mapping", setting.folder / "mistaken", mistake)
                with served_school(there, data, str(mapping)) as (place, database):
                    wrong = _brought_back(place, database, mistake, released, wanted)
                shutil.rmtree(mapping)
                how = " released, then" if released else ""
                yield Try(name=f"files, {mistake.name}:{how} replayed", wrong=wrong)


def _mistaken(right: Path, mapping: Path, mistake: Mistake) -> Path:
    shutil.copytree(right, mapping)
    file = mapping / "attempts.sql"
    text = file.read_text()
    if text.count(mistake.right) != 1:
        raise AssertionError(f"{mistake.right!r} stands {text.count(mistake.right)} times in it")
    file.write_text(text.replace(mistake.right, mistake.wrong))
    return mapping


def _brought_back(
    place: School, database: Database, mistake: Mistake, released: bool, wanted: Contents
) -> str:
    """Run with the mistake, fix it, replay; return what is wrong with the result."""
    file = Path(place.mapping) / "attempts.sql"
    _called(place, int(mistake.held), "run", place.source, *AS_OF)
    wrong = _judged(database, held_=mistake.held)
    if released:
        _called(place, 0, "slices", "release", SLICE)
        _called(place, 0, "run", place.source, *AS_OF)
        wrong = wrong or _judged(database, held_=False)
    wrong = wrong or find_violations_in(database, place.home)
    file.write_text(file.read_text().replace(mistake.wrong, mistake.right))
    for _ in range(2):
        _called(place, 0, "quarantine", "replay")
        wrong = (
            wrong
            or find_violations_in(database, place.home)
            or _differs(contents_in(database, place.home), wanted)
        )
    return wrong


def _called(place: School, code: int, *arguments: str) -> None:
    done = place.call(*arguments)
    if done.returncode != code:
        words = f"{done.stdout[-300:]} {done.stderr[-500:]}"
        raise AssertionError(f"{' '.join(arguments)}: exit {done.returncode}: {words}")


def _judged(database: Database, *, held_: bool) -> str:
    """Return what is wrong before the fix: records must have been rejected."""
    with database.connect() as connection:
        entries = ledger.read_entries(connection)
        open_ = quarantine.ls(connection)
    states = {each.state for each in entries}
    if held_ != (State.HELD in states):
        return f"{', '.join(sorted(states))} where it should {'' if held_ else 'not '}be held"
    return "" if open_ else "nothing is in quarantine"


def _differs(found: Contents, wanted: Contents) -> str:
    """Where rows differ, or what is not there; objects of the wrong reading may lie there too."""
    lacking = {name: many for name, many in wanted.objects.items() if name not in found.objects}
    here = replace(found, objects={})
    return replace(wanted, objects=lacking).differs_from(here)


def _of_system(setting: Setting, there: TwinServer, name: str, narrow: Narrow) -> Iterator[Try]:
    """The same over the network, read first by readers that knew less; nothing is asked again."""
    wanted = there.clean(name)
    for known in narrow.known[: setting.many(len(narrow.known), 1)]:
        with there.place() as parts:
            with _knowing(narrow, known):
                collected(there.source(name, parts), parts)
            wrong = _judged(parts.database, held_=False)
            own = replace(parts, sources={name: there.source(name, parts)})
            wrong = wrong or _replayed(there, own, name, wanted)
        yield Try(name=f"{name}, only ids of {known}: replayed", wrong=wrong)


@contextmanager
def _knowing(narrow: Narrow, known: str) -> Iterator[None]:
    """Inside, the reader is that of an older version: it takes few ids."""
    form = re.compile(known + narrow.rest)
    with ExitStack() as until:
        for module, name, value in (
            (narrow.source, "VERSION", -1),
            *((module, name, form) for module, name in narrow.places),
        ):
            until.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, value)
        yield


def _replayed(there: TwinServer, parts: Parts, name: str, wanted: Contents) -> str:
    """Replay twice: what is wrong with what stands then, or with what was asked."""
    there.box.journal.clear()
    wrong = ""
    for _ in range(2):
        done = list(replay(parts, name, _unwatched))
        failed = [each for _, each in done if each.failed or each.held]
        wrong = wrong or (f"the replay failed: {failed[0]}" if failed else "")
        wrong = wrong or find_violations_in(parts.database, parts.spool.parent)
        wrong = wrong or _differs(held(parts), wanted)
    asked = len(there.box.journal.entries(name))
    return wrong or (f"{name} was asked {asked} times" if asked else "")


@contextmanager
def _unwatched(_doing: str) -> Iterator[Callable[[int, int, object], None]]:
    yield lambda *_: None

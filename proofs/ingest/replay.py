"""A4: records that were not understood come back once they are, from what the lake has of them.

What was wrong is not the data but how they were read: a mapping, or a reader that knew less.
`gradeline quarantine replay` brings them back, each of them once; a slice that is held comes in
when a person releases it.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile

from gradeline.flows.parts import Parts
from gradeline.flows.replay import replay
from gradeline.records.slices import PlannedSlice, State
from gradeline.records.streams import Stream
from gradeline.sources.source import Reading, Source
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


#: Rewrites the content of a raw file: the path of the old file, of the new one, and what to do.
Rewrite = Callable[[Path, Path, Callable[[bytes], bytes]], object]


def _rewrite_json(old: Path, new: Path, change: Callable[[bytes], bytes]) -> None:
    new.write_bytes(change(old.read_bytes()))


def _rewrite_export(old: Path, new: Path, change: Callable[[bytes], bytes]) -> None:
    with ZipFile(old) as export, ZipFile(new, "w") as changed:
        for name in (name for name in export.namelist() if name.endswith(".gz")):
            changed.writestr(name, gzip.compress(change(gzip.decompress(export.read(name)))))


@dataclass(frozen=True, kw_only=True)
class IdForm:
    """How records of a system name their ids, and which of them older readers took."""

    field: bytes  #: the field of the id
    rest: bytes  #: the id behind its first character, as a pattern
    known: Sequence[bytes]  #: patterns of the first character, one for each older reader
    rewrite: Rewrite


#: An hour of the grader has fewer records than a slice is held for; one of Amplitude has more, and
#: would be held if half of it were broken.
IDS = MappingProxyType(
    {
        "grader": IdForm(
            field=b"lti_user_id",
            rest=b"[0-9a-f]{31}",
            known=(b"[0-9a-e]", b"[0-9a-b]", b"[0-7]", b"0"),
            rewrite=_rewrite_json,
        ),
        "amplitude": IdForm(
            field=b"uuid",
            rest=b"[0-9a-f]{7}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            known=(b"[0-9a-e]", b"[0-9a-b]", b"[1-9a-f]"),
            rewrite=_rewrite_export,
        ),
    }
)


class OlderReader:
    """A source as an older version read it: it took few ids, and its facts have other names."""

    def __init__(self, source: Source, ids: IdForm, known: bytes) -> None:
        self._source = source
        self._ids = ids
        self._unknown = re.compile(rb'("%b":\s*")(?!%b%b")[^"]+"' % (ids.field, known, ids.rest))

    def __getattr__(self, name: str) -> Any:
        """Return what the source itself has; only streams and reading differ."""
        return getattr(self._source, name)

    @property
    def streams(self) -> Mapping[str, Stream]:
        """The source's streams, as another version of the reader."""
        streams = self._source.streams
        return {name: replace(each, version="older") for name, each in streams.items()}

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Read a copy in which the ids that were not known then are none."""
        copies = [facts.with_name(f"older-{n}{raw.suffix}") for n, raw in enumerate(raws)]
        for raw, copy in zip(raws, copies, strict=True):
            self._ids.rewrite(raw, copy, lambda content: self._unknown.sub(rb'\1?"', content))
        return self._source.read(planned, copies, facts)


def replayed(setting: Setting) -> Iterator[Try]:
    """Read wrongly, fix the reader, replay twice or release; compare with right readings."""
    yield from _of_files(setting)
    with ground(setting.folder / "systems", SPEED) as there:
        for name in IDS:
            yield from _of_system(setting, there, name)


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


def _of_system(setting: Setting, there: TwinServer, name: str) -> Iterator[Try]:
    """The same over the network, read first by readers that knew less; nothing is asked again."""
    wanted = there.clean(name)
    for known in IDS[name].known[: setting.many(len(IDS[name].known), 1)]:
        with there.place() as parts:
            collected(OlderReader(there.source(name, parts), IDS[name], known), parts)
            wrong = _judged(parts.database, held_=False)
            own = replace(parts, sources={name: there.source(name, parts)})
            wrong = wrong or _replayed(there, own, name, wanted)
        yield Try(name=f"{name}, only ids of {known.decode()}: replayed", wrong=wrong)


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

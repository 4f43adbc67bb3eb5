"""A7: a wrong response is not taken for missing data, names what to fix and moves no watermark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from gradeline.base.errors import GradelineError
from gradeline.flows.collect.collect import collect
from gradeline.flows.parts import Parts
from gradeline.records.counts import NO_RECORDS
from gradeline.records.slices import State
from gradeline.sandbox import NO_FAULTS, Pace, Request, Response, Twin, named
from gradeline.sandbox.database import TABLE, running_database
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.source import PlanRequest, Source
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import SettledVersion
from proofs.failures.wrong_answer_cases import CASES, Spoil, Wrong
from proofs.promise import Setting, Try
from proofs.rig.in_process import NOW, TwinServer, ground, held, read_watermarks

SPEED = 200.0
#: Earlier runs have settled everything up to here; the run in question is some hours later.
EARLIER, AT = NOW - timedelta(days=1), NOW - timedelta(days=1) + timedelta(hours=30)
POSTGRES = "postgres:school"
MAPPING = """
SELECT _file, _line, id::VARCHAR AS attempt_id, learner AS learner_id, lesson AS item_id,
       'answer' AS kind, score / 100 AS score, happened_at AS "at"
FROM {}
"""


def wrong_answer(setting: Setting) -> Iterator[Try]:
    """Give each wrong answer once; read the message, the watermark and the tables."""
    cases = setting.luck.sample(CASES, 6) if setting.small else CASES
    with ground(setting.folder, SPEED) as there:
        for case in cases:
            with there.place() as parts:
                yield Try(name=f"{case.source}: {case.what}", wrong=_told(there, parts, case))
        with there.place() as parts:
            yield Try(name="amplitude: nothing yet", wrong=_nothing_yet(there, parts))
        if not setting.small:
            yield from _of_a_database(there)


def _told(there: TwinServer, parts: Parts, case: Wrong) -> str:
    """Run into it; what is wrong with what was said and with what it left."""
    there.box.switch(NO_FAULTS)
    earlier_runs(there.source(case.source, parts), parts)
    before = read_watermarks(parts, case.source), _facts(parts)
    with _spoiling(there, case):
        changes = dict(case.settings)
        if changes.get("SANDBOX_URL"):
            changes["SANDBOX_URL"] = f"{there.box.url}{changes['SANDBOX_URL']}"
        said = _run(lambda: there.source(case.source, parts, **changes), parts)
    if said is None:
        return "nobody noticed"
    missing = [name for name in case.names if name not in said]
    if missing:
        return f"the message does not name {' and '.join(missing)}: {said}"
    return _moved(parts, case.source, before)


def _run(opened: Callable[[], Source], parts: Parts) -> str | None:
    """What a run says that failed; null where it did not."""
    try:
        source = opened()
        done = collect(source, PlanRequest(now=AT), parts, lambda *_: None)
    except GradelineError as error:
        return str(error)
    return done.failed[0][1] if done.failed else None


def _facts(parts: Parts) -> Mapping[str, str]:
    """All tables but the ledger, where the failure stands, and what is kept of broken records."""
    return {name: told for name, told in held(parts).tables.items() if name not in _TELLING}


_TELLING = frozenset({"slices", "quarantine"})


def _moved(
    parts: Parts, source: str, before: tuple[Mapping[str, datetime], Mapping[str, str]]
) -> str:
    """What the wrong answer changed; empty where it changed nothing."""
    marks, facts = before
    if read_watermarks(parts, source) != marks:
        return f"the watermark moved from {marks} to {read_watermarks(parts, source)}"
    changed = sorted(name for name, told in _facts(parts).items() if facts.get(name) != told)
    return f"{', '.join(changed)} changed" if changed else ""


def earlier_runs(source: Source, parts: Parts) -> None:
    """Have everything settled that runs of a day before planned, with nothing in it."""
    nothing = SettledVersion(
        fingerprint="", counts=NO_RECORDS, checksum=None,
        fact_key=None, courses=frozenset(), earliest=None, latest=None,
    )  # fmt: skip
    with parts.database.connect() as connection:
        planned = source.plan(PlanRequest(now=EARLIER)).slices
        for entry in ledger.plan(connection, planned):
            what = replace(nothing, fingerprint=entry.planned_fingerprint)
            ledger.settle(connection, entry.slice_id, what)


def _nothing_yet(there: TwinServer, parts: Parts) -> str:
    """404 is no data: an hour that may still come is not settled, one that is over is."""
    there.box.switch(NO_FAULTS)
    night = datetime.fromisoformat("2024-03-14T01:00:00+00:00")
    early = PlanRequest(now=night + timedelta(hours=1.5))
    source = there.source("amplitude", parts)
    planned = [each for each in source.plan(early).slices if each.starts_at == night]
    with parts.database.connect() as connection:
        ledger.plan(connection, planned)
    states = []
    for asked in (early, PlanRequest(now=night + timedelta(hours=4))):
        span = replace(asked, since=night, until=night + timedelta(hours=1))
        done = collect(source, span, parts, lambda *_: None)
        if done.failed:
            return f"no data is taken for a failure: {done.failed[0][1]}"
        with parts.database.connect() as connection:
            states.append({entry.state for entry in ledger.read_entries(connection)})
    wanted = [{State.NOT_READY}, {State.EMPTY}]
    return "" if states == wanted else f"it stands as {states} instead of {wanted}"


@contextmanager
def _spoiling(there: TwinServer, case: Wrong) -> Iterator[None]:
    """Another sandbox in the place of the ground's own, whose twin's answers are spoilt."""
    own, pace = there.box, Pace(speed=SPEED)
    if case.spoil is None:
        own.switch(NO_FAULTS if case.fault is None else named(case.fault, always=True))
        yield
        return
    twin = next(twin for twin in there.twins if twin.name == case.source)
    with running([_Spoilt(twin, case.spoil)], pace=pace) as there.box:
        yield
    there.box = own


class _Spoilt:
    """A twin whose answers of data are changed before they leave."""

    def __init__(self, twin: Twin, spoil: Spoil) -> None:
        self.name = twin.name
        self.faults = twin.faults
        self.settings = twin.settings
        self._twin = twin
        self._spoil = spoil

    def respond(self, request: Request) -> Response:
        answer = self._twin.respond(request)
        token = request.path.endswith("access_token")
        return self._spoil(answer) if answer.status == 200 and not token else answer


def _of_a_database(there: TwinServer) -> Iterator[Try]:
    """A database that lets nobody in, is gone, or has changed."""
    with running_database(read_school()) as database:
        password = database.reader_password
        wrong = {
            "a wrong password": (database.url.replace(password, "wrong"), TABLE),
            "nobody there": (database.url.replace(f":{database.port}", ":1"), TABLE),
            "no such table": (database.url, "no_such_table"),
            "a changed schema": (database.url, TABLE),
        }
        for what, (url, table) in wrong.items():
            if what == "a changed schema":
                database.rename()
            with there.place() as parts:
                said = _run(partial(_table, there, parts, url, table), parts)
            told = said is not None and "POSTGRES_TABLES" in said and password not in said
            yield Try(name=f"{POSTGRES}: {what}", wrong="" if told else f"it says {said}")


def _table(there: TwinServer, parts: Parts, url: str, table: str) -> Source:
    mapping = parts.spool.parent / "mapping"
    mapping.mkdir(exist_ok=True)
    (mapping / "attempts.sql").write_text(MAPPING.format(table))
    told = f"school={mapping}@{url}#{table}?cursor=updated_at"
    return there.source(POSTGRES, parts, POSTGRES_TABLES=told)

"""A3: nothing is lost or doubled at the edge of a window, a page or a cursor.

The oracle is the set of all ids. Beside walks by chance there are the situations in which other
connectors have lost or doubled records, by the number under which it was reported of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from psycopg import sql

from gradeline.base.errors import GradelineError
from gradeline.flows.parts import Parts
from gradeline.sandbox import Pace, Sandbox
from gradeline.sandbox.amplitude.twin import AmplitudeTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.source import PlanRequest
from gradeline.warehouse import Role
from proofs.ingest.boundary_table import table_cases
from proofs.promise import Setting, Try
from proofs.rig.changing_systems import Attempt, ChangingGrader, GrowingSchool, attempts_of_a_day
from proofs.rig.in_process import HomeServer, collected, held, server, source_of

HOUR = timedelta(hours=1)
DAY = datetime(2024, 5, 14, tzinfo=UTC)
PACE = Pace(speed=200)
#: Enough for several pages of 200.
GRADES = 450


def boundary(setting: Setting) -> Iterator[Try]:
    """Let records come in while they are read, in every way we know of, then count them."""
    with server(setting.folder) as there:
        yield from table_cases(setting, there)
        grader = ChangingGrader()
        with running([grader], pace=PACE) as box:
            wrong = _same_second(there, grader, box)
            yield Try(name="estuary #5205: told of later, same second", wrong=wrong)
            wrong = _no_ledger(there, grader, box)
            yield Try(name="dlt #4052: rows, but no word that they are there", wrong=wrong)
            for turn in range(1, setting.many(20, 1) + 1):
                wrong = _walk(there, grader, box, setting.luck)
                yield Try(name=f"grader, walk {turn}", wrong=wrong)
        for turn in range(1, setting.many(10, 1) + 1):
            yield Try(name=f"growing pages, turn {turn}", wrong=_pages(there, setting.luck))
        for turn in range(1, setting.many(6, 0) + 1):
            yield Try(name=f"amplitude, walk {turn}", wrong=_late(there, setting.luck))


def _same_second(there: HomeServer, grader: ChangingGrader, box: Sandbox) -> str:
    """Two attempts of the last second that a run has seen; one is told of after the run."""
    at = DAY + 5 * HOUR + timedelta(minutes=59, seconds=59)
    grader.attempts = [
        Attempt(number=number, at=at, visible=at + timedelta(minutes=30 * number))
        for number in range(2)
    ]
    with there.place() as parts:
        for instant in (at + timedelta(minutes=1), at + timedelta(minutes=62)):
            _run(grader, box, parts, instant)
        return _compared(parts, {each.user for each in grader.attempts})


def _no_ledger(there: HomeServer, grader: ChangingGrader, box: Sandbox) -> str:
    """The rows are written, the ledger refuses: neither may stay, and the next run has both."""
    grader.attempts = [Attempt(number=n, at=DAY + n * HOUR, visible=DAY) for n in range(3)]
    with there.place() as parts:
        with parts.database.connect(Role.OWNER) as owner:
            owner.execute(_REFUSE)
        try:
            _run(grader, box, parts, DAY + 30 * HOUR)
            wrong = "nobody noticed that the ledger cannot be written"
        except GradelineError:
            wrong = _compared(parts, set())
        with parts.database.connect(Role.OWNER) as owner:
            owner.execute(b"drop trigger refuse on slices; drop function refuse()")
        _run(grader, box, parts, DAY + 30 * HOUR)
        return wrong or _compared(parts, {each.user for each in grader.attempts})


_REFUSE = b"""
create function refuse() returns trigger language plpgsql as
$$ begin raise exception 'no' using errcode = 'deadlock_detected'; end $$;
create trigger refuse before update on slices for each row
when (new.state = 'loaded') execute function refuse();
"""


def _walk(there: HomeServer, grader: ChangingGrader, box: Sandbox, luck: random.Random) -> str:
    """Run at any instants of two days while attempts come in; in the end each is there once."""
    grader.attempts = attempts_of_a_day(DAY, luck, latest=HOUR)
    with there.place() as parts:
        instant = DAY + luck.random() * HOUR
        while instant < DAY + 39 * HOUR:
            _run(grader, box, parts, instant)
            instant += luck.choice((HOUR / 6, HOUR / 2, HOUR, 3 * HOUR, 9 * HOUR))
        _run(grader, box, parts, DAY + 40 * HOUR)
        return _compared(parts, {each.user for each in grader.attempts})


def _run(grader: ChangingGrader, box: Sandbox, parts: Parts, instant: datetime) -> None:
    grader.now = instant
    source = source_of("grader", parts, box, **grader.settings)
    done = collected(source, parts, PlanRequest(now=instant))
    if done.failed or done.held or done.counts.quarantined:
        raise AssertionError(f"a run did not go well: {done}")


def _compared(parts: Parts, wanted: set[str], column: str = "user_id") -> str:
    """What is lost or double in the table of the grader's attempts."""
    return compared(parts, "grader_attempts", column, wanted)


def compared(parts: Parts, table: str, column: str, wanted: set[str]) -> str:
    """What a table lacks, or has more than once, or should not have, by a column of ids."""
    query = sql.SQL("select {} from {}").format(sql.Identifier(column), sql.Identifier(table))
    with parts.database.connect() as connection:
        found = [str(row[0]) for row in connection.execute(query).fetchall()]
    lost, odd = wanted - set(found), set(found) - wanted
    double = len(found) - len(set(found))
    told = {"lost": len(lost), "doubled": double, "of nobody": len(odd)}
    return ", ".join(f"{many} {what}" for what, many in told.items() if many)


def _pages(there: HomeServer, luck: random.Random) -> str:
    """Lists of grades that grow at the front while they are read."""
    school = GrowingSchool(luck, GRADES)
    with there.place() as parts, running([school], pace=PACE) as box:
        source = source_of("learnworlds", parts, box, **school.settings)
        collected(source, parts, PlanRequest(now=DAY))
        ids = {each for ids in school.first.values() for each in ids}
        with parts.database.connect() as connection:
            rows = connection.execute(b"select grade_id from learnworlds_grades").fetchall()
        found = [str(row[0]) for row in rows]
        if len(found) != len(set(found)) or ids - set(found):
            return f"{len(ids - set(found))} lost, {len(found) - len(set(found))} doubled"
        school.growing = False
        collected(source, parts, PlanRequest(now=DAY + HOUR))
        ids = {each for ids in school.ids.values() for each in ids}
        return compared(parts, "learnworlds_grades", "grade_id", ids)


def _late(there: HomeServer, luck: random.Random) -> str:
    """Hours of events that are all there two hours after their end; as if asked for in a year."""
    clock = {"now": DAY}
    twin = AmplitudeTwin(read_school(), PACE, today=lambda: clock["now"])
    first, until = DAY - 4 * HOUR, DAY + luck.uniform(3, 4) * HOUR
    with running([twin], pace=PACE) as box:
        with there.place() as parts:
            while clock["now"] < until:
                _events(twin, box, parts, PlanRequest(now=clock["now"], since=first))
                clock["now"] += luck.uniform(0.2, 1.9) * HOUR
            clock["now"] = until
            span = PlanRequest(now=until, since=first, until=DAY + HOUR)
            _events(twin, box, parts, span)
            _forget_later_hours(parts)
            # Facts of an hour that was read too early stay in the lake until they are swept.
            walked = replace(held(parts), objects={})
        clock["now"] = DAY + 400 * 24 * HOUR
        with there.place() as parts:
            _events(twin, box, parts, PlanRequest(now=clock["now"], since=first, until=DAY + HOUR))
            return replace(held(parts), objects={}).differs_from(walked)


def _forget_later_hours(parts: Parts) -> None:
    """Hours that were still open are not compared; there is nothing but dirt in them."""
    with parts.database.connect() as connection:
        later = connection.execute(
            b"select slice_id from slices where starts_at >= %s", (DAY + HOUR,)
        ).fetchall()
        ids = [slice_id for (slice_id,) in later]
        connection.execute(b"delete from quarantine where slice_id = any(%s)", (ids,))
        connection.execute(b"delete from slices where slice_id = any(%s)", (ids,))


def _events(twin: AmplitudeTwin, box: Sandbox, parts: Parts, asked: PlanRequest) -> None:
    settings = {name: key for name, key in twin.settings.items() if "_WEB_" in name}
    done = collected(source_of("amplitude", parts, box, **settings), parts, asked)
    if done.failed or done.held:
        raise AssertionError(f"a run did not go well: {done}")

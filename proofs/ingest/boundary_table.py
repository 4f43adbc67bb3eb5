"""The edges of a cursor: rows of a database that are committed while it is read."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg

from gradeline.flows.parts import Parts
from gradeline.records.slices import PlannedSlice
from gradeline.sandbox.database import SchoolDatabase, running_database
from gradeline.sandbox.school.school import read_school
from gradeline.sources.postgres.source import PostgresSource, open_postgres
from gradeline.sources.postgres.tables import parse_tables
from gradeline.sources.source import Fetch, Plan, PlanRequest, RawFile
from proofs.promise import Setting, Try
from proofs.rig.in_process import HomeServer, collected

AT = datetime(2024, 1, 15, 12, tzinfo=UTC)
#: Of the cases below, as many as the quick subset has.
QUICK_CASES = 4
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
_MAPPING = """
SELECT _file, _line, id::VARCHAR AS attempt_id, learner AS learner_id, 'a/b' AS course_id,
       lesson AS item_id, 'answer' AS kind, score / 100 AS score, happened_at AS "at"
FROM lesson_activity
"""
#: One row per id, the one of the last day, as every reader of these tables has it.
_OURS = b"""
select distinct on (attempt_id) attempt_id::bigint, score
from files_attempts join slices using (slice_id) order by attempt_id, "window" desc, position desc
"""
_THEIRS = b"select id, score / 100 from lesson_activity"
_INSERT = """
insert into lesson_activity (id, learner, course, lesson, kind, score, happened_at, updated_at)
values ({id}, 'l{id}', 'c', 'x', 'answered', {score}, '{at}', '{at}')
"""

School = psycopg.Connection[tuple[object, ...]]


class Writer:
    """The school's own system, writing to its table while we read it."""

    def __init__(self, database: SchoolDatabase) -> None:
        self._url = database.url.replace(database.reader_password, database.owner_password)
        self._url = self._url.replace("//reader:", "//postgres:")
        self._last = 10_000_000

    def session(self) -> School:
        """A session whose work nobody sees before it commits."""
        return psycopg.connect(self._url)

    def add(self, session: School, at: datetime, many: int = 1) -> list[int]:
        """New rows with that instant as their cursor; not committed."""
        ids = range(self._last, self._last + many)
        self._last += many
        for number in ids:
            session.execute(_INSERT.format(id=number, score=number % 100, at=at).encode())
        return list(ids)

    def touch(self, session: School, number: int, at: datetime) -> None:
        """Change a row, its cursor being that instant then; not committed."""
        query = b"update lesson_activity set score = 100 - score, updated_at = %s where id = %s"
        session.execute(query, (at, number))


class _Meanwhile(PostgresSource):
    """The real source; something happens between its counting and its reading."""

    happens: Callable[[], None] | None = None

    def plan(self, request: PlanRequest) -> Plan:
        plan = super().plan(request)
        return replace(plan, fetch=partial(self._fetch_after, plan.fetch))

    def _fetch_after(self, fetch: Fetch, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        happens, self.happens = self.happens, None
        if happens is not None:
            happens()
        return fetch(planned, spool)


def table_cases(setting: Setting, there: HomeServer) -> Iterator[Try]:
    """What was reported of other connectors' cursors, then rounds by chance."""
    cases = {
        "airbyte #80152: two of one instant, committed once a run has begun": _at_the_start,
        "airbyte #85918: committed between counting and reading": _in_between,
        "estuary #5205: a later row of the greatest second": _same_second,
        "a row changes by a cursor that is not the greatest": _long_change,
        "a row leaves its day, which is empty then": _moved_away,
        "by the id: a smaller one is committed later": _smaller_id,
    }
    chosen = list(cases.items())[: setting.many(len(cases), QUICK_CASES)]
    with running_database(read_school()) as database:
        writer = Writer(database)
        for name, case in chosen:
            with there.place() as parts:
                cursor = "id" if name.startswith("by the id") else "updated_at"
                case(Reader(database, parts, cursor), writer)
                yield Try(name=name, wrong=_compared(parts, writer))
        for turn in range(1, setting.many(10, 0) + 1):
            with there.place() as parts:
                _by_chance(Reader(database, parts, "updated_at"), writer, setting.luck)
                yield Try(name=f"table, round {turn}", wrong=_compared(parts, writer))


class Reader:
    """Our side: runs over the table by one cursor."""

    def __init__(self, database: SchoolDatabase, parts: Parts, cursor: str) -> None:
        mapping = parts.spool.parent / "mapping"
        mapping.mkdir()
        (mapping / "attempts.sql").write_text(_MAPPING)
        told = f"school={mapping}@{database.url}#lesson_activity?cursor={cursor}"
        (table,) = parse_tables(told, home=mapping)
        self._source = open_postgres(table, spool=parts.spool)
        self._source.__class__ = _Meanwhile
        self._parts = parts

    def run(self, meanwhile: Callable[[], None] | None = None) -> None:
        """Collect what is new."""
        self._source.happens = meanwhile  # type: ignore[attr-defined]
        done = collected(self._source, self._parts, PlanRequest())
        if done.failed or done.held or done.unread:
            raise AssertionError(f"a run did not go well: {done}")


def _compared(parts: Parts, writer: Writer) -> str:
    """Where our table and theirs hold something else."""
    with parts.database.connect() as connection:
        ours = {tuple(map(str, row)) for row in connection.execute(_OURS).fetchall()}
    with writer.session() as school:
        theirs = {tuple(map(str, row)) for row in school.execute(_THEIRS).fetchall()}
    ours, theirs = {_plain(row) for row in ours}, {_plain(row) for row in theirs}
    if ours == theirs:
        return ""
    lost, odd = theirs - ours, ours - theirs
    return f"{len(lost)} lost or old, e.g. {sorted(lost)[:1]}; {len(odd)} odd"


def _plain(row: Sequence[str]) -> tuple[int, float | None]:
    return int(row[0]), None if row[1] == "None" else round(float(row[1]), 6)


def _at_the_start(reader: Reader, writer: Writer) -> None:
    with writer.session() as slow, writer.session() as quick:
        writer.add(slow, AT, many=2)
        writer.add(quick, AT + SECOND)
        quick.commit()
        reader.run()
        slow.commit()
    reader.run()


def _in_between(reader: Reader, writer: Writer) -> None:
    with writer.session() as slow, writer.session() as quick:
        writer.add(slow, AT + 2 * SECOND)
        writer.add(quick, AT + 3 * SECOND)
        quick.commit()
        reader.run(slow.commit)
    reader.run()


def _same_second(reader: Reader, writer: Writer) -> None:
    for _ in range(2):
        with writer.session() as school:
            writer.add(school, AT + 9 * SECOND)
        reader.run()


def _long_change(reader: Reader, writer: Writer) -> None:
    """A long transaction: its instant is that of its beginning, and it commits last."""
    with writer.session() as school:
        (number,) = writer.add(school, AT + 20 * SECOND)
        writer.add(school, AT + 40 * SECOND)
    reader.run()
    with writer.session() as slow:
        writer.touch(slow, number, AT + 30 * SECOND)
    reader.run()


def _moved_away(reader: Reader, writer: Writer) -> None:
    with writer.session() as school:
        (number,) = writer.add(school, AT + 5 * DAY)
    reader.run()
    with writer.session() as school:
        writer.touch(school, number, AT + 6 * DAY)
    reader.run()


def _smaller_id(reader: Reader, writer: Writer) -> None:
    with writer.session() as slow, writer.session() as quick:
        writer.add(slow, AT)
        writer.add(quick, AT)
        quick.commit()
        reader.run()
        slow.commit()
    reader.run()


def _by_chance(reader: Reader, writer: Writer, luck: random.Random) -> None:
    """Sessions that begin, change things and commit in any order, with runs between them."""
    open_sessions: list[School] = []
    known: list[int] = []
    instant = AT + 10 * DAY
    for _ in range(25):
        instant += luck.choice((0 * SECOND, SECOND, 5000 * SECOND))
        deed = luck.choice(("add", "add", "touch", "commit", "commit", "run"))
        if deed == "add":
            open_sessions.append(session := writer.session())
            known += writer.add(session, instant, many=luck.randint(1, 3))
        elif deed == "touch" and known and not open_sessions:
            open_sessions.append(session := writer.session())
            writer.touch(session, luck.choice(known), instant)
        elif deed == "commit" and open_sessions:
            with open_sessions.pop(luck.randrange(len(open_sessions))):
                pass
        elif deed == "run":
            commit = open_sessions[0].commit if open_sessions else None
            reader.run(commit)
    for session in open_sessions:
        with session:
            pass
    reader.run()

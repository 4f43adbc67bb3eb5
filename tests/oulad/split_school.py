"""OULAD's course AAA/2013J as one system has it, and split over four; each read by its reader."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import duckdb
import pyarrow as pa

from gradeline.lake import Lake, fact_key
from gradeline.records.course_links import CourseLink, CourseLinks
from gradeline.records.slices import PlannedSlice
from gradeline.sources.amplitude.source import (
    AmplitudeAccount,
    AmplitudeProject,
    open_amplitude,
)
from gradeline.sources.files.datasets import Dataset
from gradeline.sources.files.source import open_files
from gradeline.sources.grader.source import GraderAccount, open_grader
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest, Source
from gradeline.warehouse.slices.entry import FactObject, slice_id

COURSE = "AAA/2013J"
CAMPUS, MOODLE, GRADER, AMPLITUDE = "files:campus", "files:moodle", "grader", "amplitude"
#: Each system's own id of the course.
OWN_IDS = {MOODLE: "moodle/aaa", GRADER: "AAA/2013J+1", AMPLITUDE: "web AAA"}
_START = datetime(2013, 10, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)

#: What each file of a files system means.
_MAPPING = {
    "learners": "SELECT _file, _line, id AS learner_id, nullif(name, '') AS name FROM learners",
    "courses": "SELECT _file, _line, id AS course_id, split_part(id, '/', 1) AS category, "
    "split_part(id, '/', 2) AS course, title, TRY_CAST(starts_on AS DATE) AS starts_on, "
    "TRY_CAST(ends_on AS DATE) AS ends_on FROM courses",
    "groups": "SELECT _file, _line, id AS group_id, course AS course_id, id AS name, "
    "FALSE AS rolling FROM groups",
    "memberships": "SELECT _file, _line, learner AS learner_id, team AS group_id, "
    "course AS course_id, 'learner' AS role, starts_on::DATE AS starts_on FROM memberships",
    "items": "SELECT _file, _line, id AS item_id, course AS course_id, title, "
    "weight::DECIMAL(12, 6) AS weight, due_on::DATE AS due_on, 'task' AS kind, TRUE AS active "
    "FROM items",
    "attempts": "SELECT _file, _line, learner AS learner_id, course AS course_id, item AS item_id,"
    " 'answer' AS kind, correct = 'yes' AS correct, \"at\"::TIMESTAMPTZ AS at FROM attempts",
    "events": "SELECT _file, _line, learner AS learner_id, course AS course_id, 'click' AS type, "
    '1 AS count, "at"::TIMESTAMPTZ AS at FROM events',
}


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """An answer to an assessment, at nine o'clock of its day."""

    learner: int
    item: str
    correct: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class School:
    """The course as its publishers tell it; of clicks the first day of every four weeks."""

    learners: tuple[tuple[int, datetime], ...]  #: with the day they registered on
    items: tuple[tuple[str, float, datetime], ...]  #: id, weight, due day
    attempts: tuple[Attempt, ...]
    clicks: tuple[tuple[int, datetime], ...]


def read_aaa(learners: int) -> School:
    """The course with its first so many learners."""
    with as_file(files("gradeline.sources.shipped") / "aaa") as folder, duckdb.connect() as db:
        db.execute(f"SET file_search_path = '{folder}'")
        own = "code_module = 'AAA' AND code_presentation = '2013J'"
        people = db.execute(
            f"SELECT id_student::INT, date_registration FROM 'studentRegistration.csv' WHERE {own} "
            f"AND date_registration IS NOT NULL ORDER BY id_student LIMIT {learners}"
        ).fetchall()
        place = {learner: n for n, (learner, _) in enumerate(people)}
        items = db.execute(
            f"SELECT id_assessment::INT, weight, date FROM 'assessments.csv' WHERE {own}"
        ).fetchall()
        answers = db.execute(
            "SELECT id_student::INT, id_assessment::INT, score, date_submitted FROM 'studentAssessment.csv'"
            f" SEMI JOIN (SELECT * FROM 'assessments.csv' WHERE {own}) USING (id_assessment)"
        ).fetchall()
        clicks = db.execute(
            "SELECT DISTINCT id_student::INT, (date - (date % 28))::INT "
            "FROM 'studentVle/code_module=AAA/code_presentation=2013J/*.parquet'"
        ).fetchall()
    return School(
        learners=tuple((learner, _day(day)) for learner, day in people),
        items=tuple((_block(item), weight, _day(day or 268)) for item, weight, day in items),
        attempts=tuple(
            Attempt(
                learner=learner,
                item=_block(item),
                correct=int(score or 0) >= 60,
                at=_day(day) + 9 * _HOUR + timedelta(seconds=place[learner], microseconds=item),
            )
            for learner, item, score, day in answers
            if learner in place
        ),
        clicks=tuple(
            (learner, _day(day) + 10 * _HOUR + timedelta(seconds=place[learner]))
            for learner, day in clicks
            if learner in place
        ),
    )


def _day(number: int) -> datetime:
    return _START + timedelta(days=int(number))


def _block(item: int) -> str:
    return f"{item:032x}"


def one_system(school: School, lake: Lake, folder: Path) -> list[FactObject]:
    """The facts where the campus has all of it."""
    return list(_of_files(CAMPUS, school, school.attempts, school.clicks, lake, folder))


def four_systems(school: School, lake: Lake, folder: Path) -> list[FactObject]:
    """The facts where each system has the attempts or clicks of a share of the learners."""
    turn = {learner: n for n, (learner, _) in enumerate(school.learners)}
    answers = [[a for a in school.attempts if turn[a.learner] % 3 == n] for n in range(3)]
    clicks = [[c for c in school.clicks if turn[c[0]] % 2 == n] for n in range(2)]
    return [
        *_of_files(CAMPUS, school, answers[0], clicks[0], lake, folder / "campus"),
        *_of_files(MOODLE, school, answers[1], (), lake, folder / "moodle"),
        *_of_grader(answers[2], lake, folder / "grader"),
        *_of_amplitude(clicks[1], lake, folder / "amplitude"),
    ]


def course_links() -> CourseLinks:
    """What `also:` says of the course."""
    return CourseLinks(
        links=tuple(
            CourseLink(course_id=COURSE, source=source, external_id=external)
            for source, external in OWN_IDS.items()
        )
    )


def learner_links(school: School) -> pa.Table:
    """Who is who in the systems."""
    rows = [
        {"source": source, "external_id": _own_id(source, each), "learner_id": f"{CAMPUS}:{each}"}
        for source in OWN_IDS
        for each, _ in school.learners
    ]
    names = ("source", "external_id", "learner_id")
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names]))


def _own_id(source: str, learner: int) -> str:
    return {MOODLE: f"m{learner}", GRADER: f"{learner:032x}"}.get(source, str(learner))


def _of_files(
    source: str,
    school: School,
    attempts: Iterable[Attempt],
    clicks: Iterable[tuple[int, datetime]],
    lake: Lake,
    folder: Path,
) -> Iterator[FactObject]:
    tables = _tables(source, school, attempts, clicks)
    data, mapping = folder / "data", folder / "mapping"
    data.mkdir(parents=True)
    mapping.mkdir()
    for name, rows in tables.items():
        with (data / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
        (mapping / f"{name}.sql").write_text(_MAPPING[name], "utf-8")
    dataset = Dataset(name=source.partition(":")[2], mapping=mapping, data=data)
    opened = open_files(dataset)
    plan = opened.plan(PlanRequest())
    for planned in plan.slices:
        raws = [raw.path for raw in plan.fetch(planned, folder)]
        yield from _read(opened, planned, raws, lake, folder)


def _tables(
    source: str,
    school: School,
    attempts: Iterable[Attempt],
    clicks: Iterable[tuple[int, datetime]],
) -> Mapping[str, list[dict[str, object]]]:
    """The rows of each file; only the campus says who is in which group, and what is due."""
    course, is_campus = OWN_IDS.get(source, COURSE), source == CAMPUS
    days = {"starts_on": _START.date(), "ends_on": _day(268).date()} if is_campus else {}
    people = [each for each, _ in school.learners]
    found: dict[str, list[dict[str, object]]] = {
        "learners": [
            {"id": _own_id(source, each), "name": f"Learner {each}" if is_campus else None}
            for each in people
        ],
        "courses": [{"id": course, "title": "Álgebra", "starts_on": None, "ends_on": None, **days}],
        "attempts": [
            {
                **{"learner": _own_id(source, each.learner), "course": course, "item": each.item},
                **{"correct": "yes" if each.correct else "no", "at": each.at.isoformat()},
            }
            for each in attempts
        ],
        "events": [
            {"learner": _own_id(source, each), "course": course, "at": at.isoformat()}
            for each, at in clicks
        ],
        "groups": [{"id": team, "course": course} for team in ("day", "night")],
        "memberships": [
            {
                **{"learner": each, "team": ("day", "night")[each % 2], "course": course},
                "starts_on": since.date(),
            }
            for each, since in school.learners
        ],
        "items": [
            {
                "id": item,
                "course": course,
                "title": item[-4:],
                "weight": weight,
                "due_on": due.date(),
            }
            for item, weight, due in school.items
        ],
    }
    only_of_campus = ("groups", "memberships", "items")
    return {
        name: rows
        for name, rows in found.items()
        if rows and (is_campus or name not in only_of_campus)
    }


def _of_grader(attempts: Iterable[Attempt], lake: Lake, folder: Path) -> Iterator[FactObject]:
    folder.mkdir(parents=True)
    account = GraderAccount(url="https://grader.example.org", client="a", client_key="b")
    source = open_grader(account, folder)
    by_hour: dict[datetime, list[dict[str, object]]] = defaultdict(list)
    for each in attempts:
        who = _own_id(GRADER, each.learner)
        told = f"course-v1:AAA+2013J+1:lms.example.org-{each.item}:{who}"
        row = {
            **{"lti_user_id": who, "passback_params": {"lis_result_sourcedid": told}},
            **{"is_correct": int(each.correct), "attempt_type": "submit"},
            "created_at": each.at.strftime("%Y-%m-%d %H:%M:%S.%f"),
        }
        by_hour[each.at.replace(minute=0, second=0, microsecond=0)].append(row)
    path = folder / "attempts.json"
    for hour, rows in by_hour.items():
        path.write_text(json.dumps(rows), "utf-8")
        (planned,) = source.plan(PlanRequest(since=hour, until=hour + _HOUR)).slices
        yield from _read(source, planned, [path], lake, folder)


def _of_amplitude(
    clicks: Iterable[tuple[int, datetime]], lake: Lake, folder: Path
) -> Iterator[FactObject]:
    folder.mkdir(parents=True)
    project = AmplitudeProject(name="web", api_key="a", secret_key="b")
    account = AmplitudeAccount(projects=(project,), sandbox=None, speed=1.0)
    source = open_amplitude(account, read_mappings(), folder)
    by_hour: dict[datetime, list[str]] = defaultdict(list)
    for learner, at in clicks:
        when = at.strftime("%Y-%m-%d %H:%M:%S.%f")
        times = dict.fromkeys(
            ("event_time", "client_event_time", "server_upload_time", "server_received_time"), when
        )
        event = {
            **times,
            **{"event_type": "click", "user_id": _own_id(AMPLITUDE, learner), "app": 1},
            **{
                "uuid": str(uuid5(NAMESPACE_OID, f"{learner} {at}")),
                "session_id": -1,
                "event_properties": {},
            },
            "user_properties": {"course": OWN_IDS[AMPLITUDE]},
        }
        by_hour[at.replace(minute=0, second=0, microsecond=0)].append(json.dumps(event))
    path = folder / "export.zip"
    for hour, lines in by_hour.items():
        with zipfile.ZipFile(path, "w") as archive:
            name = f"1/1_{hour:%Y-%m-%d}_{hour.hour}#0.json.gz"
            archive.writestr(name, gzip.compress("\n".join(lines).encode()))
        (planned,) = source.plan(PlanRequest(since=hour, until=hour + _HOUR)).slices
        yield from _read(source, planned, [path], lake, folder)


def _read(
    source: Source, planned: PlannedSlice, raws: list[Path], lake: Lake, folder: Path
) -> Iterator[FactObject]:
    """Read a slice into the lake; nothing of it may be refused."""
    facts = folder / "facts.parquet"
    reading = source.read(planned, raws, facts)
    assert [each.reason for each in reading.broken] == []
    key = fact_key(
        planned.slice, [str(planned.fingerprint)], 1, source.streams[planned.slice.stream].schema
    )
    lake.put_new(key, facts)
    yield FactObject(
        slice_id=slice_id(planned.slice),
        slice=planned.slice,
        key=key,
        courses=None,
        checksum=reading.checksum,
        stored=reading.counts.stored,
    )

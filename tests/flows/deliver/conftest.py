"""A school with three courses whose results and documents are published, and an outbox."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from tests.conftest import made_once
from tests.metrics.facts_in_lake import parts_in, settle, slices_of
from tests.metrics.random_schools import random_school
from tests.metrics.school import AS_OF

from gradeline.delivery.channel import Channel, Traits
from gradeline.delivery.outbox import Outbox
from gradeline.flows.deliver.deliver import deliver
from gradeline.flows.deliver.plan import Occasion
from gradeline.flows.deliver.recipients import new_recipient
from gradeline.flows.deliver.result import DeliveryResult
from gradeline.flows.parts import Delivery, Parts
from gradeline.flows.refresh.refresh import refresh
from gradeline.metrics import Terms
from gradeline.records.messages import StoredMessage
from gradeline.records.recipients import NewRecipient, What
from gradeline.records.run_summary import RunProblem, RunSummary
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.connect.database import create_database
from gradeline.warehouse.deliveries import messages, recipients
from gradeline.warehouse.results import documents

from .group_school import group_school

NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)


def run_summary(number: int, *problems: str | RunProblem) -> RunSummary:
    """A run of that number, which stored as many records."""
    return RunSummary(
        run_id=f"run-{number}",
        started_at=NOW,
        ended_at=NOW,
        stored=number,
        quarantined=0,
        recalculated=("a/1",),
        documents=2,
        problems=tuple(
            RunProblem(what="", reason=one) if isinstance(one, str) else one for one in problems
        ),
    )


class School:
    """The parts of a school, and short ways to use them."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    @property
    def outbox(self) -> Outbox:
        """The channel `mail`, in memory."""
        channel = self.parts.delivery.channels["mail"]
        assert isinstance(channel, Outbox)
        return channel

    def publish(self, course_id: str, version: str) -> None:
        """Store documents of a course, as a run writes them."""
        category, _, course = course_id.partition("/")
        paths = [f"reports/{category}/{course}/course_report.{kind}" for kind in ("pdf", "xlsx")]
        for path in paths:
            self.parts.lake.replace(path, f"{path} {version}".encode())
        with self.parts.database.connect() as connection:
            documents.record_documents(connection, (course_id, ""), version, paths)

    def add(self, what: What = What.COURSE_REPORT, **changes: object) -> int:
        """Add a recipient through `mail`."""
        values = {
            "channel": "mail",
            "address": "ana@school.example",
            "resolved_address": "",
            "what": what,
            "role": "admin",
            "language": "en",
            "added_by": "test",
        }
        wanted = NewRecipient(**(values | changes))
        with self.parts.database.connect() as connection:
            return recipients.put(connection, new_recipient(self.parts.delivery, wanted, NOW))

    def deliver(
        self, number: int = 1, *problems: str | RunProblem, **changes: object
    ) -> DeliveryResult:
        """Deliver what is due after the run of that number."""
        run = run_summary(number, *problems)
        return deliver(self.parts, Occasion(**{"now": NOW, "run": run, **changes}))

    def stored(self, limit: int = 50) -> list[StoredMessage]:
        """The ledger, the oldest first."""
        with self.parts.database.connect() as connection:
            return messages.ls(connection, limit=limit)[::-1]

    def documents(self) -> dict[str, list[str]]:
        """What arrived: address → names of documents, in the order of arrival."""
        found: dict[str, list[str]] = {}
        for one in self.outbox.arrived:
            found.setdefault(one.address, []).extend(doc.name for doc in one.message.documents)
        return found


#: Attempts of a day on which two learners worked.
FEW = 70_007
#: Learners who are in one course alone; their ids, names and addresses are in no other text.
CANARIES = {"a/1": 9, "a/2": 9, "b/1": 3}


def add_canaries(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Let learners with tell-tale names answer in one course each; three of them in b/1."""
    for course, many in CANARIES.items():
        mark = course.replace("/", "")
        for number in range(many):
            who = f"s:canaryid{mark}n{number}"
            person = {"learner_id": who, "name": f"Canaryname{mark}", "source": "s"}
            rows["learners"].append(person | {"email": f"canarymail{mark}@learner.example"})
            group = {"group_id": f"{course}/x", "course_id": course}
            rows["memberships"].append(group | {"learner_id": who, "role": "learner"})
            for item in range(3):
                answer = {"learner_id": who, "course_id": course, "item_id": f"i{item}"}
                answer |= {"attempt_id": f"{who}-{item}", "kind": "answer", "correct": True}
                at = datetime(2024, 3, 6 + number % 5, 12, tzinfo=UTC)
                rows["attempts"].append(answer | {"score": Decimal(1), "at": at})


@pytest.fixture(scope="session")
def published(run_folder: Path, template: Database) -> Database:
    """A database with the results of the courses a/1, a/2 and b/1, to be copied."""
    rows = random_school(11)[0]
    for course in rows["courses"]:
        course["category"], _, course["course"] = course["course_id"].partition("/")
    for attempt in rows["attempts"]:
        # The random school has groups of other courses, whose names are looked for.
        if not str(attempt["group_id"]).startswith(f"s:{attempt['course_id']}/"):
            attempt["group_id"] = None
    add_canaries(rows)
    return publish(run_folder / "published", template, rows)


@pytest.fixture(scope="session")
def published_groups(run_folder: Path, template: Database) -> Database:
    """A database with the results of four groups, to be copied."""
    return publish(run_folder / "published_groups", template, group_school())


def publish(folder: Path, template: Database, rows: Mapping[str, Any]) -> Database:
    """Return a database with the results of a school, named as the folder with its facts."""
    database = template.sibling(folder.name)
    with made_once(folder) as missing:
        if missing:
            create_database(template.login, database.name, like=template.name)
            folder.mkdir()
            made = parts_in(folder, database)
            settle(made, slices_of(rows))
            refresh(made, Terms(as_of=AS_OF))
    return database


def put_day(connection: Connection, day: date, rate: float = 100.0) -> None:
    """Store a day on which two learners worked."""
    with connection.transaction():
        values = (day, FEW, FEW, 0, 0, 2, rate)
        text = "insert into daily_statistics values (%s, %s, %s, %s, %s, %s, %s, 1)"
        connection.execute(text, values)


@contextmanager
def school_with(
    folder: Path, published: Database, channels: Mapping[str, Channel]
) -> Iterator[School]:
    """A school that has published three courses, with these channels."""
    database = published.sibling(f"test_{uuid.uuid4().hex}")
    create_database(published.login, database.name, like=published.name)
    yield School(replace(parts_in(folder, database), delivery=Delivery(channels=channels)))
    drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(database.name))
    with published.connect_as_login() as connection:
        connection.execute(drop)


@pytest.fixture
def school(tmp_path: Path, published: Database) -> Iterator[School]:
    """A school with short documents and channels in memory."""
    channels = {
        "mail": Outbox(name="mail", traits=Traits()),
        "chat": Outbox(name="chat", traits=Traits(can_find=True)),
    }
    with school_with(tmp_path, published, channels) as place:
        for course_id in ("a/1", "a/2", "b/1"):
            place.publish(course_id, "v1")
        yield place


@pytest.fixture
def resend(school: School) -> Callable[[], School]:
    """The same school, which sends unknown messages again."""
    return lambda: School(
        replace(school.parts, delivery=replace(school.parts.delivery, resend_unknown=True))
    )

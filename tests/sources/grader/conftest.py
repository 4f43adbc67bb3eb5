"""A grader on loopback, and what reading its answers gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.records.slices import PlannedSlice, RejectedRecord
from gradeline.sandbox import Pace, Sandbox
from gradeline.sandbox.grader.twin import CLIENT, CLIENT_KEY, GraderTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.grader.source import GraderAccount, GraderSource, open_grader
from gradeline.sources.source import PlanRequest, Reading

HOUR = datetime(2023, 5, 31, 9, tzinfo=UTC)
USER = "3583bf109f8b458e13ae1ac9d85c396a"
PASSBACK = (
    "{'oauth_consumer_key': '', 'lis_result_sourcedid': "
    "'course-v1:SkillFactory+DST-3.0+28FEB2021:lms.example.org-ca3ecf8e5f284c329eb7bd529e1a9f7e:"
    f"{USER}', 'lis_outcome_service_url': 'https://lms.example.org/grade'}}"
)
ROW = {
    "lti_user_id": USER,
    "passback_params": PASSBACK,
    "is_correct": None,
    "attempt_type": "run",
    "created_at": "2023-05-31 09:16:11.313646",
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """One hour that was read."""

    reading: Reading
    facts: pa.Table
    broken: tuple[RejectedRecord, ...]

    @property
    def reasons(self) -> list[str]:
        """The codes of what went to quarantine."""
        return [each.reason.partition(":")[0] for each in self.broken]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The twin, listening at two hundred times the speed of life."""
    pace = Pace(speed=200)
    with running([GraderTwin(read_school(), pace)], pace=pace) as box:
        yield box


@pytest.fixture
def grader(sandbox: Sandbox, tmp_path: Path) -> Callable[..., GraderSource]:
    """The source over the twin; a test may change what the school says of itself."""

    def make(**changes: object) -> GraderSource:
        account = {"url": f"{sandbox.url}/grader/api/statistics", "client": CLIENT}
        account |= {"client_key": CLIENT_KEY, "speed": 200.0}
        return open_grader(GraderAccount(**(account | changes)), tmp_path / "limits")

    return make


@pytest.fixture
def source(tmp_path: Path) -> GraderSource:
    """The source of a grader that nobody asks."""
    account = GraderAccount(url="https://grader.example.org", client="a", client_key="b")
    return open_grader(account, tmp_path)


@pytest.fixture
def hour(source: GraderSource) -> PlannedSlice:
    """The hour from nine to ten of a day."""
    (planned,) = source.plan(PlanRequest(since=HOUR, until=HOUR + timedelta(hours=1))).slices
    return planned


@pytest.fixture
def read(source: GraderSource, hour: PlannedSlice, tmp_path: Path) -> Callable[..., Read]:
    """Reads these rows (or this text) as the answer for the hour."""

    def reading(*rows: object, text: str | None = None) -> Read:
        path, facts = tmp_path / "attempts.json", tmp_path / "facts.parquet"
        path.write_text(json.dumps(rows) if text is None else text, encoding="utf-8")
        done = source.read(hour, [path], facts)
        return Read(reading=done, facts=pq.read_table(facts), broken=tuple(done.broken))

    return reading

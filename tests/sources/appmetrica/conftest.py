"""AppMetrica's twin two hundred times faster than life, and the source before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.records.slices import PlannedSlice, RejectedRecord
from gradeline.sandbox import Pace, Sandbox
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin
from gradeline.sandbox.school.school import School, read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.appmetrica.source import AppMetricaAccount, AppMetricaSource, open_appmetrica
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest, Reading

#: 60 s without a byte count as silence; here 1 s, which a busy machine stays below. At 200 it does not.
SPEED = 60.0
SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "samples" / "appmetrica"
#: Long after the days that tests ask for.
NOW = datetime(2024, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Read:
    """One day, fetched and read."""

    reading: Reading
    facts: pa.Table
    broken: tuple[RejectedRecord, ...]
    parts: int  #: raw files


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A twin that runs, and whoever asks it."""

    twin: AppMetricaTwin
    sandbox: Sandbox
    home: Path
    speed: float = SPEED

    def source(self, home: str = "one", **changes: Any) -> AppMetricaSource:
        """A source; those of one home share what they remember."""
        account = AppMetricaAccount(
            token=self.twin.settings["APPMETRICA_TOKEN"],
            application_id=self.twin.settings["APPMETRICA_APPLICATION_ID"],
            sandbox=self.sandbox.url,
            speed=self.speed,
        )
        return open_appmetrica(replace(account, **changes), self.home / home, read_mappings())

    def read(self, source: AppMetricaSource, planned: PlannedSlice) -> Read:
        """One day, fetched and read."""
        spool = Path(mkdtemp(dir=self.home, prefix="spool-"))
        raws = [raw.path for raw in source.plan(PlanRequest(now=NOW)).fetch(planned, spool)]
        reading = source.read(planned, raws, spool / "facts.parquet")
        return Read(
            reading=reading,
            facts=pq.read_table(spool / "facts.parquet"),
            broken=tuple(reading.broken),
            parts=len(raws),
        )

    def statuses(self) -> list[int]:
        """What was answered so far, in order."""
        return [entry.status for entry in self.sandbox.journal.entries("appmetrica")]

    def heard(self, status: int, *, times: int) -> None:
        """Wait until a status was answered so often.

        Raises:
            TimeoutError: it was not, in a minute.
        """
        end = time.monotonic() + 60
        while self.statuses().count(status) < times:
            if time.monotonic() > end:
                raise TimeoutError(f"{status} was answered {self.statuses().count(status)} times")
            time.sleep(0.005)


def days(source: AppMetricaSource, first: int, last: int, at: datetime = NOW) -> list[PlannedSlice]:
    """The slices of some days of January 2024, both included."""
    since, until = datetime(2024, 1, first, tzinfo=UTC), datetime(2024, 1, last + 1, tzinfo=UTC)
    return list(source.plan(PlanRequest(since=since, until=until, now=at)).slices)


@pytest.fixture(scope="session")
def school() -> School:
    """The school of all twins."""
    return read_school()


@pytest.fixture
def open_desk(school: School, tmp_path: Path) -> Callable[..., Iterator[Desk]]:
    """Opens a twin made with some arguments."""

    def opened(
        speed: float = SPEED, twin: type[AppMetricaTwin] = AppMetricaTwin, **given: object
    ) -> Iterator[Desk]:
        pace = Pace(speed=speed)
        served = twin(school, pace, **given)  # type: ignore[arg-type]
        with running([served], pace=pace) as sandbox:
            yield Desk(twin=served, sandbox=sandbox, home=tmp_path, speed=speed)

    return opened


@pytest.fixture
def desk(open_desk: Callable[..., Iterator[Desk]]) -> Iterator[Desk]:
    """A twin without faults."""
    yield from open_desk()


@pytest.fixture(scope="session")
def clean_days(school: School, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Read]:
    """Three days as a run without any fault gives them."""
    pace = Pace(speed=SPEED)
    twin = AppMetricaTwin(school, pace)
    with running([twin], pace=pace) as sandbox:
        desk = Desk(twin=twin, sandbox=sandbox, home=tmp_path_factory.mktemp("clean"))
        source = desk.source()
        return {each.slice.window: desk.read(source, each) for each in days(source, 11, 13)}

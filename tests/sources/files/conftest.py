"""Small schools made of files, and what reading them gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.records.slices import PlannedSlice, RejectedRecord
from gradeline.sources.files.datasets import Dataset
from gradeline.sources.files.source import FilesSource, open_files
from gradeline.sources.source import PlanRequest, Reading

OULAD = Path(__file__).parents[4] / "shared" / "data" / "oulad"
MAPPING = Path(__file__).parents[3] / "src" / "gradeline" / "sources" / "mappings" / "oulad"

#: A mapping of one table: attempts as they come, every column by its canonical name.
ATTEMPTS = """SELECT _file, _line, learner_id, item_id, kind, score, "at" FROM attempts"""


@dataclass(frozen=True, kw_only=True)
class Read:
    """One slice that was read."""

    planned: PlannedSlice
    reading: Reading
    facts: pa.Table
    broken: tuple[RejectedRecord, ...]


@dataclass(kw_only=True)
class School:
    """A folder of data and a mapping, to be filled by a test."""

    home: Path
    timezone: str = "UTC"
    mapping: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The folder of its files."""
        return self.home / "data"

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file of data."""
        path = self.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def source(self) -> FilesSource:
        """The school as a source, its mapping written first."""
        folder = self.home / "mapping"
        folder.mkdir(exist_ok=True)
        for table, sql in self.mapping.items():
            (folder / f"{table}.sql").write_text(sql, encoding="utf-8")
        dataset = Dataset(name="school", mapping=folder, data=self.data)
        return open_files(dataset, school_timezone=self.timezone, spool=self.home)

    def read(self, stream: str = "attempts") -> Read:
        """The one slice of a stream, fetched and read."""
        (read,) = read_all(self.source(), self.home, {stream})
        return read


def read_all(source: FilesSource, home: Path, streams: set[str] | None = None) -> list[Read]:
    """Every slice of some streams (null = all), fetched and read."""
    return [
        read_one(source, planned, home)
        for planned in source.plan(PlanRequest()).slices
        if streams is None or planned.slice.stream in streams
    ]


def read_one(source: FilesSource, planned: PlannedSlice, home: Path) -> Read:
    """One slice fetched and read."""
    raws = [raw.path for raw in source.plan(PlanRequest()).fetch(planned, home)]
    facts = home / "facts.parquet"
    reading = source.read(planned, raws, facts)
    table = pq.read_table(facts, partitioning=None)
    return Read(planned=planned, reading=reading, facts=table, broken=tuple(reading.broken))


def counts(reads: Sequence[Read]) -> Mapping[str, int]:
    """Rows stored, by stream."""
    found: dict[str, int] = {}
    for read in reads:
        stream = read.planned.slice.stream
        found[stream] = found.get(stream, 0) + read.reading.counts.stored
    return found


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school whose mapping gives attempts from the table `attempts`."""
    made = School(home=tmp_path, mapping={"attempts": ATTEMPTS})
    made.data.mkdir()
    return made


@pytest.fixture(scope="session")
def oulad() -> Path:
    """The folder of the whole of OULAD; skipped where it is not there."""
    if not OULAD.is_dir():
        pytest.skip(f"the real data is not here: {OULAD}")
    return OULAD

"""The `postgres` source: a table of another PostgreSQL, and SQL that says what its rows mean.

A run counts the rows of each day (or of each 50,000 ids) by the cursor and reads the ranges whose
count or last value changed, so rows that came late are found wherever they are.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from gradeline.base.errors import InputBroken, MappingBroken, WrongAnswer
from gradeline.records.counts import Counts
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.postgres.retries import RetryPolicy
from gradeline.sources.postgres.row_file import read_undecoded
from gradeline.sources.postgres.table_reader import ID_STEP, Range
from gradeline.sources.postgres.tables import SETTING, PostgresTable
from gradeline.sources.reading.rejects import RAW_MAX, RejectSpool
from gradeline.sources.source import Plan, PlanRequest, RawFile, Reading
from gradeline.sources.tabular.builtin import require_folder
from gradeline.sources.tabular.data_folder import DataFile, digest_of
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.mapping import MappingFolder, Query, load_mapping
from gradeline.sources.tabular.read import read_slice
from gradeline.sources.tabular.streams import VERSION, streams_of
from gradeline.sources.tabular.views import OpenFile
from gradeline.sources.windows import DAY, Window

#: The window of rows whose cursor is NULL.
WITHOUT = "without"
_RAW_STREAM = "rows"


def open_postgres(
    table: PostgresTable,
    *,
    school_timezone: str = "UTC",
    spool: Path | None = None,
    speed: float = 1,
) -> PostgresSource:
    """Open the source of one table, named `postgres:<name>`; connects only when it plans.

    Waits for a database that is away are divided by `speed` (SANDBOX_SPEED).

    Raises:
        InputMissing: the folder of the mapping is not there.
        MappingBroken: the mapping has a mistake, or reads anything but the table.
    """
    mapping = load_mapping(require_folder(table.mapping, SETTING))
    for query in mapping.queries.values():
        odd = sorted({query.leading, *query.others} - {table.table.lower()})
        if odd:
            raise MappingBroken(
                f"{query.file} reads {', '.join(odd)}, but the source postgres:{table.name} has "
                f"only {table.table}.",
                hint="Name the table in its FROM; join tables in a view of that database.",
            )
    return PostgresSource(table, mapping, school_timezone, spool, RetryPolicy(speed=speed))


class PostgresSource:
    """One table read by one mapping. Slices are ranges of its cursor."""

    lists_all = False
    parallel = 2
    reads_ahead = False

    def __init__(
        self,
        table: PostgresTable,
        mapping: MappingFolder,
        timezone: str,
        spool: Path | None,
        retries: RetryPolicy,
    ) -> None:
        self.name = f"postgres:{table.name}"
        self.table = table
        self.mapping = mapping
        self._retries = retries
        self.timezone = timezone
        self.streams: Mapping[str, Stream] = streams_of(mapping, timezone)
        self._clean = Path(tempfile.mkdtemp(prefix="gradeline-postgres-", dir=spool))
        weakref.finalize(self, shutil.rmtree, self._clean, ignore_errors=True)

    def plan(self, request: PlanRequest) -> Plan:
        """Plan one slice for each query of the mapping and each range that has rows.

        `since` and `until` choose among days; ids have no time, so all of them are planned.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: the table cannot be counted.
        """
        since, until = _wall_time(request.since), _wall_time(request.until)
        ranges = self._retries.run(self.table, lambda table: list(table.ranges(since, until)))
        queries = self.mapping.queries.values()
        slices = [self._planned(query, rows) for query in queries for rows in ranges]
        return Plan(slices=slices, fetch=self._fetch)

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Write the rows of the range as Parquet, in one order, as one snapshot has them.

        Rows with bytes that are no text are lines of JSON in a second file.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: they cannot be read.
        """
        rows, undecoded = spool / "rows.parquet", spool / "undecoded.ndjson"
        low, high = _bounds(planned)
        self._retries.run(self.table, lambda table: table.write(low, high, rows, undecoded))
        window = planned.slice.window
        return [
            RawFile(path=path, stream=_RAW_STREAM, window=window, extension=path.suffix[1:])
            for path in (rows, undecoded)
            if path.exists()
        ]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each row the mapping gives over the range, write the good ones to `facts`.

        Raises:
            WrongAnswer: the table lacks a column that the mapping reads.
            MappingBroken: the SQL has a mistake.
            DiskFull: the disk is full.
        """
        path, *undecoded = raws
        name = f"{self.table.table}/{planned.slice.window}.parquet"
        file = DataFile(name=name, path=path, table=self.table.table, format="parquet")
        job = Job(
            slice=planned.slice,
            query=self.mapping.queries[planned.slice.stream],
            mapping=self.mapping,
            files=[OpenFile(file=file, path=path, digest=digest_of(path))],
            timezone=self.timezone,
            clean=self._clean,
            spool=facts.parent,
        )
        try:
            reading = read_slice(job, facts)
        except InputBroken as error:
            raise WrongAnswer(
                f"{self.table} has changed. {error.what}",
                hint="Fix the SQL named in POSTGRES_TABLES, or read a view with the old names.",
            ) from error
        apart = RejectSpool(facts.with_suffix(".undecoded"))
        for row in chain.from_iterable(read_undecoded(each, name) for each in undecoded):
            apart.add(row.place, row.reason, row.raw[:RAW_MAX])
        counts = reading.counts + Counts(received=len(apart), quarantined=len(apart))
        return replace(reading, counts=counts, broken=chain(apart, reading.broken))

    def stop(self) -> None:
        """End retries; statements under way end by their own timeout."""
        self._retries.stop()

    def _planned(self, query: Query, rows: Range) -> PlannedSlice:
        starts_at = ends_at = None
        low, high = rows.start, None
        if isinstance(low, datetime):
            starts_at = low.replace(tzinfo=UTC)
            ends_at = starts_at + DAY
            window = Window(starts_at=starts_at, ends_at=ends_at).name
        elif isinstance(low, int):
            high = (low // ID_STEP + 1) * ID_STEP
            window = f"id-{low:019}"
        else:
            window = WITHOUT
        related = self.mapping.related(query.table)
        sql = [text for each in (query, *related) for text in each.whole_sql]
        content = [VERSION, self.timezone, self.mapping.macros, sql, rows.rows, rows.last]
        return PlannedSlice(
            slice=Slice(source=self.name, stream=query.table, window=window),
            fingerprint=hashlib.sha256(json.dumps(content).encode()).hexdigest(),
            starts_at=starts_at,
            ends_at=ends_at,
            detail={} if high is None else {"low": low, "high": high},
        )


def _bounds(planned: PlannedSlice) -> tuple[object, object]:
    """Return the cursor's first value and the one after its last; None for rows without one."""
    if planned.starts_at is not None:
        return _wall_time(planned.starts_at), _wall_time(planned.ends_at)
    return planned.detail.get("low"), planned.detail.get("high")


def _wall_time(instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(UTC).replace(tzinfo=None)

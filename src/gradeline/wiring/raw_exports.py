"""From settings to raw exports: what asks Amplitude and AppMetrica for whoever asks the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

from gradeline.base.errors import Conflict
from gradeline.records.raw_exports import AppMetricaSpan
from gradeline.settings import Settings
from gradeline.warehouse import Database
from gradeline.wiring.home import limits_of

if TYPE_CHECKING:
    from gradeline.flows.parts import Parts
    from gradeline.sources.appmetrica.account import AppMetricaAccount
    from gradeline.sources.source import Source

_DAY = timedelta(days=1)


class VendorExports:
    """Exports raw records; keeps what the API expects of its part of that name.

    Sources, lake and engine are opened at the first request: an API that nobody asks for an export
    does without their memory. A source is opened for each export, as the school's mappings say by
    then.

    Args:
        settings: say which systems are read, and with which keys.
        database: the warehouse, whose ledger knows what is in the lake.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._lock = Lock()
        self._parts: Parts | None = None
        self._open: WeakSet[Source] = WeakSet()

    def amplitude(self, project: str, first: date, last: date) -> Iterator[bytes]:
        """Yield the events of some days of a project as NDJSON, both days included.

        Raises:
            Conflict: the project is not set up.
            SourceError: Amplitude did not give them.
            LakeError, WarehouseError, DiskFull: as they are.
        """
        from gradeline.flows.raw_exports import Span, export_records  # brings DuckDB
        from gradeline.wiring.product_events import wire_amplitude  # as above

        stream = f"events@{project}"
        source = self._source(wire_amplitude)
        if source is None or stream not in source.streams:
            name = f"AMPLITUDE_{project.upper()}"
            raise Conflict(
                f"The {project} project at Amplitude is not set up.",
                hint=f"Set {name}_API_KEY and {name}_SECRET_KEY.",
            )
        span = Span(stream=stream, since=_midnight(first), until=_midnight(last) + _DAY)
        with closing(export_records(source, span, self._opened())) as pieces:
            yield from pieces

    def appmetrica(self, wanted: AppMetricaSpan) -> Iterator[bytes]:
        """Yield the events of a span as one JSON document, or as CSV.

        Raises:
            Conflict: AppMetrica is not set up.
            SourceError: it did not give them.
            LakeError, WarehouseError, DiskFull: as they are.
        """
        from gradeline.flows.raw_exports import Span, export_records  # brings DuckDB
        from gradeline.sources.appmetrica.for_people import open_for_people  # as above

        limits = limits_of(self._settings)
        source = open_for_people(self._account(), limits, wanted)
        self._open.add(source)
        span = Span(stream=source.stream, since=wanted.since, until=wanted.until)
        with closing(export_records(source, span, self._opened())) as pieces:
            yield from pieces

    def check_appmetrica(self) -> None:
        """Ask AppMetrica whether it takes our token and whether the token may see our app.

        Raises:
            Conflict: AppMetrica is not set up.
            SourceError: it does not, or may not, or there is no answer.
        """
        from gradeline.sources.appmetrica.account import check_access  # brings DuckDB

        check_access(self._account(), limits_of(self._settings))

    def _account(self) -> AppMetricaAccount:
        from gradeline.wiring.product_events import appmetrica_account  # brings DuckDB

        account = appmetrica_account(self._settings)
        if account is None:
            raise Conflict(
                "AppMetrica is not set up.",
                hint="Set APPMETRICA_TOKEN and APPMETRICA_APPLICATION_ID.",
            )
        return account

    def stop(self) -> None:
        """End requests under way soon, with an error."""
        for source in list(self._open):
            source.stop()

    def _source(self, wire: Callable[[Settings], Iterator[Source]]) -> Source | None:
        """Open a source; None = it is not set up."""
        source = next(wire(self._settings), None)
        if source is not None:
            self._open.add(source)
        return source

    def _opened(self) -> Parts:
        with self._lock:
            if self._parts is None:
                self._parts = _open_parts(self._settings, self._database)
            return self._parts


def _open_parts(settings: Settings, database: Database) -> Parts:
    from gradeline.engine import DuckEngine  # brings DuckDB
    from gradeline.flows.courses.cursos_yml import Choices  # as above
    from gradeline.flows.parts import Parts  # as above
    from gradeline.wiring.arrow import set_up_arrow  # as above
    from gradeline.wiring.lake import wire_lake  # as above

    set_up_arrow()
    spool = settings.gradeline_home / "spool"
    return Parts(
        database=database,
        lake=wire_lake(settings),
        engine=DuckEngine(memory_mb=settings.gradeline_engine_memory_mb, spill=spool),
        sources={},
        choices=Choices(),
        spool=spool,
        hold_percent=settings.quarantine_hold_percent,
        languages=(settings.gradeline_lang,),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

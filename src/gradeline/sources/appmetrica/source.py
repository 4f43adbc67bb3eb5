"""The `appmetrica` source: events of a mobile app, day by day, from AppMetrica's Logs API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import Stream
from gradeline.sources.appmetrica.account import NAME, POLICY, AppMetricaAccount, open_client
from gradeline.sources.appmetrica.export import Export, ExportFetcher
from gradeline.sources.appmetrica.fields import EVENTS, FACTS
from gradeline.sources.appmetrica.joined_files import join_csv
from gradeline.sources.appmetrica.read import read_day
from gradeline.sources.appmetrica.request_slots import SLOTS
from gradeline.sources.appmetrica.tables import product_event_tables
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.source import Kind, Plan, PlanRequest, RawFile, RawSlice, Reading
from gradeline.sources.windows import DAY, Rhythm, plan_windows

if TYPE_CHECKING:
    import ibis.expr.types as ir

STREAM = "events"
#: Raised when reading changes, so that days are read again.
VERSION = 3
#: A day is one of the app's own zone, which may end up to 12 h after that of UTC; then servers
#: have half a day to get their data together. Until both are over the day is read by each run.
RHYTHM = Rhythm(step=DAY, late=timedelta(hours=24))


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map facts to canonical tables, as `appmetrica.to_canonical` documents."""
    from gradeline.sources.appmetrica.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


#: What all apps share.
APPMETRICA = Kind(
    tables=MappingProxyType({STREAM: EVENTS}), to_canonical=to_canonical, posted_too=True
)


def open_appmetrica(
    account: AppMetricaAccount, limits: Path, mappings: FieldMappings
) -> AppMetricaSource:
    """The source named `appmetrica`; asks for nothing yet.

    In `limits` it also remembers what AppMetrica prepares, so that a run after a kill goes on.

    Raises:
        WrongSetting: SANDBOX_URL leads to another machine.
    """
    client = open_client(account, limits, POLICY)
    export = Export(
        application_id=account.application_id, form=account.form, most_parts=account.most_parts
    )
    folder = limits / f"{NAME}-{account.application_id}"
    return AppMetricaSource(ExportFetcher(client, export, folder), export, mappings)


class AppMetricaSource:
    """One app's events. Slices are days of receiving: `appmetrica/events/2024-01-11`."""

    name = NAME
    lists_all = False
    parallel = SLOTS
    reads_ahead = False

    def __init__(self, fetcher: ExportFetcher, export: Export, mappings: FieldMappings) -> None:
        self.streams: Mapping[str, Stream] = {
            STREAM: Stream(
                name=STREAM,
                schema=FACTS,
                tables=(EVENTS, *product_event_tables(mappings)),
                version=f"{VERSION} {mappings.digest}",
            )
        }
        self._fetcher = fetcher
        self._export = export
        self._mappings = mappings

    def plan(self, request: PlanRequest) -> Plan:
        """Plan one slice for each day that is over in UTC, from the watermark or `since` on."""
        version = f"appmetrica {VERSION} {self._export.application_id} {self._mappings.digest}"
        slices = plan_windows(self.name, STREAM, RHYTHM, request, version=version)
        return Plan(slices=list(slices), fetch=self._fetch)

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the day's file, in as many parts as AppMetrica wants.

        Raises:
            SourceRefused: the token is not taken, or may not see the app.
            SourceUnavailable: no whole answer came, or it is not prepared in time.
            WrongAnswer: what came is not a file of events.
        """
        return [
            RawFile(
                path=path, stream=STREAM, window=planned.slice.window, extension=self._export.form
            )
            for path in self._fetcher.fetch(planned, spool)
        ]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each event; the good ones of the day go to `facts`, in an order of our own.

        Raises:
            InputBroken, WrongAnswer: a file as a whole cannot be read.
            DiskFull: the disk is full.
        """
        return read_day(planned.slice, raws, facts, self._mappings)

    def join_records(self, slices: Iterable[RawSlice]) -> Iterator[bytes]:
        """Yield CSV: the events of these days, with one header.

        Raises:
            WrongAnswer: a file has other fields than the first one.
        """
        yield from join_csv(path for one in slices for path in one.raws)

    def stop(self) -> None:
        """Questions and waits under way end soon, with an error."""
        self._fetcher.stop()

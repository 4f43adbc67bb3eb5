"""Events of AppMetrica as people ask for them: by other times, in other forms, for parts of days.

Runs read days of receiving as CSV. What is asked for in another way is other bytes: it has a stream
of its own for each way, such as `exported@default-json`, and no rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from gradeline.base.clock import now
from gradeline.records.counts import Counts
from gradeline.records.raw_exports import AppMetricaSpan
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.appmetrica.account import NAME, POLICY, AppMetricaAccount, open_client
from gradeline.sources.appmetrica.export import Export, ExportFetcher
from gradeline.sources.appmetrica.fields import FACTS
from gradeline.sources.appmetrica.files import count_records
from gradeline.sources.appmetrica.joined_files import join_csv, join_json
from gradeline.sources.appmetrica.request_slots import SLOTS
from gradeline.sources.source import Plan, PlanRequest, RawFile, RawSlice, Reading

_BOM = b"\xef\xbb\xbf"
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
#: Until so long after its end a span is asked for again: the app's zone may end it up to 12 h after
#: UTC, servers need half a day, and devices that were offline send for a week.
_LATE = {"receive": timedelta(days=1), "default": timedelta(days=8)}


def open_for_people(
    account: AppMetricaAccount, limits: Path, wanted: AppMetricaSpan
) -> AppMetricaForPeople:
    """The source `appmetrica` with the one stream that such a request is of; asks nothing yet.

    Raises:
        WrongSetting: SANDBOX_URL leads to another machine.
    """
    export = Export(
        application_id=account.application_id,
        form=wanted.form,
        most_parts=account.most_parts,
        dimension=wanted.dimension,
        skip_unavailable=wanted.skip_unavailable,
        variant=f"-{_variant(wanted)}",
    )
    # The slots of the queue are those of runs: the app has three in all.
    folder = limits / f"{NAME}-{account.application_id}"
    fetcher = ExportFetcher(open_client(account, limits, POLICY), export, folder)
    return AppMetricaForPeople(fetcher, account.application_id, wanted)


class AppMetricaForPeople:
    """Events of one way of asking. Slices are days or parts of them, in the app's time zone."""

    name = NAME
    lists_all = False
    parallel = SLOTS
    reads_ahead = False

    def __init__(self, fetcher: ExportFetcher, application_id: str, wanted: AppMetricaSpan) -> None:
        self.stream = f"exported@{_variant(wanted)}"
        self.streams: Mapping[str, Stream] = {
            self.stream: Stream(name=self.stream, schema=FACTS, tables=(), version="1")
        }
        self._fetcher = fetcher
        self._application_id = application_id
        self._wanted = wanted

    def plan(self, request: PlanRequest) -> Plan:
        """Plan one slice for each day of the span, the first and the last one as far as asked."""
        instant = request.now or now()
        if request.since is None or request.until is None:
            raise ValueError("people name both ends")
        slices = []
        since = request.since
        while since < request.until:
            midnight = since.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
            until = min(midnight, request.until)
            slices.append(self._planned(since, until, instant))
            since = until
        return Plan(slices=slices, fetch=self._fetch)

    def _planned(self, since: datetime, until: datetime, instant: datetime) -> PlannedSlice:
        is_open = until + _LATE[self._wanted.dimension] > instant
        stage = f"open {instant.isoformat()}" if is_open else "final"
        window = since.date().isoformat()
        if until - since < _DAY:
            window += f"T{since:%H%M%S}--{until - _SECOND:%H%M%S}"
        return PlannedSlice(
            slice=Slice(source=NAME, stream=self.stream, window=window),
            fingerprint=f"appmetrica export {self._application_id} {stage}",
            starts_at=since,
            ends_at=until,
            open=is_open,
        )

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the span's file, in as many parts as AppMetrica wants.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: as `ExportFetcher.fetch`.
        """
        extension = self._wanted.form
        return [
            RawFile(path=path, stream=self.stream, window=planned.slice.window, extension=extension)
            for path in self._fetcher.fetch(planned, spool)
        ]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:  # noqa: ARG002 - no facts are written
        """Count the events, all of which are in the days that runs load: there are no facts."""
        received = sum(map(count_records, raws))
        counts = Counts(received=received, already_there=received)
        return Reading(counts=counts, broken=(), checksum=f"{0:016x}", courses=frozenset())

    def join_records(self, slices: Iterable[RawSlice]) -> Iterator[bytes]:
        """Yield one JSON document `{"data":[...]}`, or CSV with one header.

        Raises:
            WrongAnswer: a file is no document of events, or has other fields than the first one.
        """
        paths = (path for one in slices for path in one.raws)
        if self._wanted.form == "json":
            yield from join_json(paths)
            return
        begun = not self._wanted.bom
        for piece in join_csv(paths):
            yield piece if begun else _BOM + piece
            begun = True

    def stop(self) -> None:
        """Questions and waits under way end soon, with an error."""
        self._fetcher.stop()


def _variant(wanted: AppMetricaSpan) -> str:
    partial = "-partial" if wanted.skip_unavailable else ""
    return f"{wanted.dimension}-{wanted.form}{partial}"

"""The `amplitude` source: events of a web and a mobile project, hour by hour of their upload."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gradeline.base.errors import NotReady, SourceError
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import Stream
from gradeline.sources.amplitude.export import Exports
from gradeline.sources.amplitude.lines import members_of, records_of
from gradeline.sources.amplitude.read import ExportReader
from gradeline.sources.amplitude.streams import STREAMS, events_view
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.product_events.tables import row_tables
from gradeline.sources.source import Kind, Plan, PlanRequest, RawFile, RawSlice, Reading
from gradeline.sources.web.client import Host, HttpClient, RequestPolicy, via_sandbox
from gradeline.sources.windows import HOUR, Rhythm, plan_windows

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = "amplitude"
#: Raised when reading changes, so that windows are read again.
VERSION = 3
#: An hour is complete two hours after its end at the latest; until then each run reads it again.
RHYTHM = Rhythm(step=HOUR, late=timedelta(hours=2))
#: Not analytics.amplitude.com, which is for browsers.
_ADDRESSES = {"us": "https://amplitude.com", "eu": "https://analytics.eu.amplitude.com"}
#: No limit is documented. An export of a day may take Amplitude minutes before it begins to come.
_POLICY = RequestPolicy(parallel=1, silence_s=600, deadline_s=7200)


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map events to canonical tables, as `amplitude.to_canonical` documents."""
    from gradeline.sources.amplitude.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


#: What all Amplitude sources share.
AMPLITUDE = Kind(
    tables={stream: events_view(project) for project, stream in STREAMS.items()},
    to_canonical=to_canonical,
    posted_too=True,
)


@dataclass(frozen=True, kw_only=True)
class AmplitudeProject:
    """One project at Amplitude."""

    name: str  #: `web` or `mobile`
    api_key: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AmplitudeAccount:
    """Where a school's projects are and who reads them."""

    projects: tuple[AmplitudeProject, ...]
    region: str = "us"  #: AMPLITUDE_REGION
    sandbox: str | None = None  #: SANDBOX_URL
    speed: float = 1.0  #: SANDBOX_SPEED


def open_amplitude(
    account: AmplitudeAccount, mappings: FieldMappings, limits: Path
) -> AmplitudeSource:
    """The source named `amplitude`; asks for nothing yet.

    Raises:
        WrongSetting: the sandbox is not on this machine.
    """
    exports = {
        STREAMS[project.name]: Exports(_client(account, project, limits), project.name, limits)
        for project in account.projects
    }
    return AmplitudeSource(exports, mappings)


class AmplitudeSource:
    """A school's product events. Slices are hours of UTC: `amplitude/events@web/2024-01-11T05`.

    An hour is that of `server_upload_time`: events of many days may be in it.
    """

    name = NAME
    lists_all = False
    parallel = 4
    reads_ahead = False

    def __init__(self, exports: Mapping[str, Exports], mappings: FieldMappings) -> None:
        tables = row_tables(mappings)
        self.streams: Mapping[str, Stream] = {
            name: Stream(
                name=name, schema=FACTS, tables=tables, version=f"{VERSION} {mappings.digest}"
            )
            for name in exports
        }
        self._exports = exports
        self._reader = ExportReader(mappings)
        self._version = f"amplitude {VERSION} {mappings.digest}"

    def plan(self, request: PlanRequest) -> Plan:
        """Plan one slice of each project for each hour that is over, from the watermark or `since`.

        A first run begins with yesterday; `since` brings what came before. Planned hours that
        follow each other are fetched in one export where Amplitude allows it.
        """
        slices: list[PlannedSlice] = []
        exports = {}
        for stream, project in self._exports.items():
            planned = list(plan_windows(NAME, stream, RHYTHM, request, version=self._version))
            exports[stream] = project.for_hours(_start(hour) for hour in planned)
            # An hour read again whose bytes are the same has the same facts.
            slices += (replace(hour, reader=self._version) for hour in planned)
        return Plan(slices=slices, fetch=partial(_fetch, exports))

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each record of the hour; the good ones go to `facts` in their order, each once.

        Raises:
            WrongAnswer: the export is damaged, or its form has changed.
            UnsafeArchive: it is an archive that could do harm.
        """
        (path,) = raws
        return self._reader.read(replace(planned, starts_at=_start(planned)), path, facts)

    def join_records(self, slices: Iterable[RawSlice]) -> Iterator[bytes]:
        """Yield NDJSON: the events of these hours, in the order in which Amplitude gave them.

        Raises:
            WrongAnswer, UnsafeArchive: as `read`.
        """
        for one in slices:
            for path in one.raws:
                yield from records_of(path, members_of(path, _start(one.planned)))
            yield b""

    def stop(self) -> None:
        """Questions under way end soon, with an error."""
        for exports in self._exports.values():
            exports.stop()


def _fetch(exports: Mapping[str, Exports], planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
    """Fetch the zip that holds the hour, with planned hours behind it as well.

    Raises:
        NotReady: there is nothing yet, and the hour may still be loaded.
        SourceRefused: Amplitude does not take the key, or the region is not the project's.
        SourceUnavailable, WrongAnswer: what came is not an export.
    """
    stream = planned.slice.stream
    export = exports[stream].hour(_start(planned), spool)
    if export.path is None:
        if planned.open:
            raise NotReady(
                "Amplitude has nothing of this hour yet; it may come up to two hours late."
            )
        return []
    return [RawFile(path=export.path, stream=stream, window=export.window, extension="zip")]


def _start(planned: PlannedSlice) -> datetime:
    if planned.starts_at is None:
        raise SourceError(f"The slice {planned.slice} has no hour: it was not planned by a run.")
    return planned.starts_at.astimezone(UTC)


def _client(account: AmplitudeAccount, project: AmplitudeProject, limits: Path) -> HttpClient:
    settings = f"AMPLITUDE_{project.name.upper()}"
    login = b64encode(f"{project.api_key}:{project.secret_key}".encode()).decode()
    host = Host(
        name="Amplitude",
        url=_ADDRESSES[account.region],
        address_setting="AMPLITUDE_REGION",
        key_settings=f"{settings}_API_KEY, {settings}_SECRET_KEY or AMPLITUDE_REGION",
        headers={"Authorization": f"Basic {login}"},
        secrets=(project.secret_key, project.api_key, login),
    )
    host = via_sandbox(host, account.sandbox, NAME)
    return HttpClient(host, replace(_POLICY, speed=account.speed), limits)

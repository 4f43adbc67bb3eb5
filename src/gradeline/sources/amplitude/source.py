"""The `amplitude` source: events of a web and a mobile project, hour by hour of their upload."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from gradeline.base.errors import NotReady, SourceError
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import Stream
from gradeline.sources.amplitude.export import Exports
from gradeline.sources.amplitude.read import Reader
from gradeline.sources.amplitude.views import STREAMS, view_of
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.product_events.tables import row_tables
from gradeline.sources.source import Asked, Kind, RawFile, Reading
from gradeline.sources.web.client import Host, Manners, Web, at
from gradeline.sources.windows import HOUR, Rhythm, plan_windows

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = "amplitude"
#: Raised when reading changes, so that windows are read again.
VERSION = 1
#: An hour is complete two hours after its end at the latest; until then each run reads it again.
RHYTHM = Rhythm(step=HOUR, late=timedelta(hours=2))
#: Not analytics.amplitude.com, which is for browsers.
_ADDRESSES = {"us": "https://amplitude.com", "eu": "https://analytics.eu.amplitude.com"}
#: No limit is documented. An export of a day may take Amplitude minutes before it begins to come.
_MANNERS = Manners(parallel=1, silence_s=600, deadline_s=7200)


def meaning(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the events of Amplitude projects; `source_name` says of which source.

    An event without `user_id` is nobody's: it stays among the facts and is no canonical event.
    """
    from gradeline.sources.amplitude import to_canonical  # brings Ibis

    return to_canonical.meaning(streams)


#: What all Amplitude sources share.
AMPLITUDE = Kind(
    tables={stream: view_of(project) for project, stream in STREAMS.items()}, meaning=meaning
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
        STREAMS[each.name]: Exports(_web(account, each, limits), each.name, limits)
        for each in account.projects
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
        self._reader = Reader(mappings)
        self._version = f"amplitude {VERSION} {mappings.digest}"

    def slices(self, asked: Asked) -> Iterator[PlannedSlice]:
        """One slice of each project for each hour that is over, from the watermark or `--since` on.

        A first run begins with yesterday; `--since` brings what came before.
        """
        for stream, exports in self._exports.items():
            planned = list(plan_windows(NAME, stream, RHYTHM, asked, version=self._version))
            exports.expect(_start(each) for each in planned)
            # An hour read again whose bytes are the same has the same facts.
            yield from (replace(each, detail={"reader": self._version}) for each in planned)

    def fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """The zip that holds the hour, with hours behind it that were planned as well.

        Raises:
            NotReady: there is nothing yet, and the hour may still be loaded.
            SourceRefused: Amplitude does not take the key, or the region is not the project's.
            SourceAway, WrongAnswer: what came is no export.
        """
        export = self._exports[planned.slice.stream].hour(_start(planned), spool)
        if export.path is None:
            if planned.open:
                raise NotReady(
                    "Amplitude has nothing of this hour yet; it may come up to two hours late."
                )
            return []
        stream = planned.slice.stream
        return [RawFile(path=export.path, stream=stream, window=export.window, extension="zip")]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each record of the hour; the good ones go to `facts` in their order, each once.

        Raises:
            WrongAnswer: the export is damaged, or its form has changed.
            UnsafeArchive: it is an archive that could do harm.
        """
        (path,) = raws
        return self._reader.read(replace(planned, starts_at=_start(planned)), path, facts)

    def meaning(self, streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
        """What the events mean as canonical tables; runs nothing."""
        from gradeline.sources.canonical import of_source  # brings Ibis

        return meaning(of_source(streams, self.name))

    def stop(self) -> None:
        """Questions under way end soon, with an error."""
        for exports in self._exports.values():
            exports.stop()


def _start(planned: PlannedSlice) -> datetime:
    if planned.starts_at is None:
        raise SourceError(f"The slice {planned.slice} has no hour: it was not planned by a run.")
    return planned.starts_at.astimezone(UTC)


def _web(account: AmplitudeAccount, project: AmplitudeProject, limits: Path) -> Web:
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
    host = at(host, account.sandbox, NAME)
    return Web(host, replace(_MANNERS, speed=account.speed), limits)

"""Very many events of an hour, for benchmarks: about 1.7 kB each, no two the same."""

from __future__ import annotations

import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from gradeline.sandbox.amplitude.archive import MADE, gzipped, member
from gradeline.sandbox.amplitude.events import APPS, AmplitudeEvents, line
from gradeline.sandbox.amplitude.twin import KEYS, NOT_FOUND, ZIP, read_hour
from gradeline.sandbox.exchange import TEXT, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.school.practice import HOUR
from gradeline.sandbox.school.school import School

_FORMAT = "%Y-%m-%d %H:%M:%S.%f"
#: The end of each uuid, as it is where one server of Amplitude made all of an hour's.
_SERVER = "11eb-9a80-0a62134d514d"
#: So many different events are taken as patterns; uuid, times, person and properties change.
_PATTERNS = 400
#: One record in so many cannot be understood, and one is there twice.
_DIRTY_EVERY = 20_000
_PART_LINES = 25_000
_FILL = "Solve it, then explain. Решите. "


@dataclass(frozen=True, kw_only=True)
class BulkEvents:
    """`count` events of one project in the hour that starts at `hour`."""

    school: School
    project: str
    hour: datetime
    count: int

    def lines(self, count: int) -> Iterator[bytes]:
        """Yield the first so many lines of the hour."""
        patterns = self._patterns()
        dice = Random(f"bulk {self.hour.isoformat()}")  # noqa: S311 - dice, not a secret
        step = HOUR / (self.count + 1)
        for number in range(count):
            head, middle, tail = patterns[number % len(patterns)]
            at = self.hour + step * number
            fields = {
                "event_time": (at - timedelta(seconds=2)).strftime(_FORMAT),
                "server_upload_time": at.strftime(_FORMAT),
                "uuid": f"{dice.getrandbits(32):08x}-{dice.getrandbits(16):04x}-{_SERVER}",
                "event_id": number,
                "session_id": int(self.hour.timestamp() * 1000) + number % 9000,
            }
            text = json.dumps(fields)[1:-1].encode()
            line_ = head + text + middle + b"%d" % dice.getrandbits(40) + tail
            yield line_
            if number % _DIRTY_EVERY == 77:
                yield line_  # sent twice
            if number % _DIRTY_EVERY == 7777:
                yield line_[:-50]  # cut

    def pack(self, path: Path, count: int | None = None) -> None:
        """Write the export of the first so many events; None = of all."""
        source = self.lines(self.count if count is None else count)
        app = APPS[self.project]
        with zipfile.ZipFile(path, "w") as zipped:
            for part in itertools.count():
                lines = list(itertools.islice(source, _PART_LINES))
                if not lines:
                    return
                name = member(app, self.hour, part)
                body = gzipped((text + b"\n" for text in lines), level=3)
                zipped.writestr(zipfile.ZipInfo(name, MADE), body)

    def _patterns(self) -> list[tuple[bytes, bytes, bytes]]:
        """Return events of the school, cut where each event gets its own values."""
        patterns: list[tuple[bytes, bytes, bytes]] = []
        events, hour = AmplitudeEvents(self.school), self.hour
        while len(patterns) < _PATTERNS:
            hour += HOUR
            for text in events.lines(self.project, hour):
                event = _read(text)
                if event is not None:
                    patterns.append(_cut(event))
        return patterns[:_PATTERNS]


class PreparedExportTwin:
    """Serves exports of Amplitude from files, by their hours."""

    name = "amplitude"
    faults: Mapping[str, bool] = TRANSPORT
    settings: Mapping[str, str] = KEYS

    def __init__(self, exports: Mapping[datetime, Path]) -> None:
        self.exports = dict(exports)

    def respond(self, request: Request) -> Response:
        """Return the file of the window's first hour that has one, else the text for no data."""
        start, end = read_hour(request.param("start")), read_hour(request.param("end"))
        if start is None or end is None:
            return Response(status=400, content_type=TEXT, body=b"Invalid start or end parameter")
        paths = [path for hour, path in self.exports.items() if start <= hour <= end]
        if not paths:
            return Response(status=404, content_type=TEXT, body=NOT_FOUND)
        length = ("Content-Length", str(paths[0].stat().st_size))
        return Response(content_type=ZIP, headers=(length,), body=_pieces(paths[0]))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def _read(text: bytes) -> dict[str, object] | None:
    try:
        event = json.loads(text)
        # Dirt of the twin among them: half of a surrogate pair, which no UTF-8 can hold.
        json.dumps(event, ensure_ascii=False).encode()
    except ValueError:
        return None
    usable = isinstance(event, dict) and event.get("user_id") and event.get("event_type")
    return event if usable and isinstance(event.get("amplitude_id"), int) else None


def _cut(event: dict[str, object]) -> tuple[bytes, bytes, bytes]:
    for key in ("event_time", "server_upload_time", "uuid", "event_id", "session_id"):
        event.pop(key, None)
    properties = {"question": _FILL, "seed": "?"}
    text = line({**event, "event_properties": properties})
    head, _, tail = text[1:].partition(b'"?"')
    return b"{", b", " + head, tail

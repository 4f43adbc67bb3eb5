"""Very many events of an hour, for measuring: about 1.7 kB each, no two the same, made once."""

from __future__ import annotations

import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from gradeline.sandbox.amplitude.archive import MADE, member, squeezed
from gradeline.sandbox.amplitude.events import APPS, AmplitudeEvents, line
from gradeline.sandbox.amplitude.twin import KEYS, NOT_FOUND, ZIP, read_hour
from gradeline.sandbox.exchange import TEXT, Answer, Request
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

    def made(self, count: int) -> Iterator[bytes]:
        """The first so many lines of the hour."""
        patterns = self._patterns()
        dice = Random(f"bulk {self.hour.isoformat()}")  # noqa: S311 - dice, not a secret
        step = HOUR / (self.count + 1)
        for number in range(count):
            head, middle, tail = patterns[number % len(patterns)]
            at = self.hour + step * number
            said = {
                "event_time": (at - timedelta(seconds=2)).strftime(_FORMAT),
                "server_upload_time": at.strftime(_FORMAT),
                "uuid": f"{dice.getrandbits(32):08x}-{dice.getrandbits(16):04x}-{_SERVER}",
                "event_id": number,
                "session_id": int(self.hour.timestamp() * 1000) + number % 9000,
            }
            text = json.dumps(said)[1:-1].encode()
            made = head + text + middle + b"%d" % dice.getrandbits(40) + tail
            yield made
            if number % _DIRTY_EVERY == 77:
                yield made  # sent twice
            if number % _DIRTY_EVERY == 7777:
                yield made[:-50]  # cut

    def pack(self, path: Path, count: int | None = None) -> None:
        """Write the export of the first so many events; null = of all."""
        made = self.made(self.count if count is None else count)
        app = APPS[self.project]
        with zipfile.ZipFile(path, "w") as zipped:
            for part in itertools.count():
                lines = list(itertools.islice(made, _PART_LINES))
                if not lines:
                    return
                name = member(app, self.hour, part)
                body = squeezed((each + b"\n" for each in lines), level=3)
                zipped.writestr(zipfile.ZipInfo(name, MADE), body)

    def _patterns(self) -> list[tuple[bytes, bytes, bytes]]:
        """Events of the school, cut where what is new in each is put in."""
        found: list[tuple[bytes, bytes, bytes]] = []
        events, hour = AmplitudeEvents(self.school), self.hour
        while len(found) < _PATTERNS:
            hour += HOUR
            for each in events.lines(self.project, hour):
                event = _read(each)
                if event is not None:
                    found.append(_cut(event))
        return found[:_PATTERNS]


class ShelfTwin:
    """Answers for Amplitude with exports that lie ready as files, by their hours."""

    name = "amplitude"
    faults: Mapping[str, bool] = TRANSPORT
    settings: Mapping[str, str] = KEYS

    def __init__(self, shelf: Mapping[datetime, Path]) -> None:
        self.shelf = dict(shelf)

    def answer(self, request: Request) -> Answer:
        """The file of the one hour of the window that has one; else the text for no data."""
        start, end = read_hour(request.one("start")), read_hour(request.one("end"))
        if start is None or end is None:
            return Answer(status=400, content_type=TEXT, body=b"Invalid start or end parameter")
        found = [path for hour, path in self.shelf.items() if start <= hour <= end]
        if not found:
            return Answer(status=404, content_type=TEXT, body=NOT_FOUND)
        length = ("Content-Length", str(found[0].stat().st_size))
        return Answer(content_type=ZIP, headers=(length,), body=_pieces(found[0]))


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
    said = line({**event, "event_properties": properties})
    head, _, tail = said[1:].partition(b'"?"')
    return b"{", b", " + head, tail

"""What phones tell AppMetrica about the school: one event for each attempt, and the dirt of phones.

A day asked twice gives the same events, in whatever order. Every value is text, as in the answers
that AppMetrica documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from gradeline.sandbox.school.practice import HOUR, Practice, PracticeAttempt, hours
from gradeline.sandbox.school.school import Learner, School, digest, share

APPLICATION_ID = "4321001"
#: What the app's days are counted in (`time_zone_name`): UTC is a zone too easy to get right.
TIME_ZONE = "Europe/Moscow"
#: A phone that was offline tells what happened up to this long ago.
LATEST = timedelta(days=7)

FIELDS = (
    "event_datetime", "event_json", "event_name", "event_receive_datetime",
    "event_receive_timestamp", "event_timestamp", "session_id", "installation_id",
    "appmetrica_device_id", "city", "connection_type", "country_iso_code", "device_ipv6",
    "device_locale", "device_manufacturer", "device_model", "device_type", "google_aid", "ios_ifa",
    "ios_ifv", "mcc", "mnc", "operator_name", "original_device_model", "os_name", "os_version",
    "profile_id", "windows_aid", "app_build_number", "app_package_name", "app_version_name",
    "application_id",
)  # fmt: skip

Row = Mapping[str, str]

_OFFLINE = 0.03
_ANONYMOUS = 0.04
_TWICE = 0.01
_CITIES = ("Moscow", "Казань", "Санкт-Петербург", "")
_PHONES = (
    ("Apple", "iPhone X", "iPhone10,3", "ios", "12.2"),
    ("Samsung", 'Galaxy "S9", dual', "SM-G960F", "android", "10"),
    ("Xiaomi", "Redmi Note 8", "Redmi Note 8", "android", "11"),
)


@dataclass(frozen=True, kw_only=True)
class ReceivedEvent:
    """One event as AppMetrica has it."""

    at: datetime  #: when it happened, by the phone
    received: datetime  #: when AppMetrica got it
    row: Row


def _with(**changes: str) -> Callable[[Row], Row]:
    return lambda row: {**row, **changes}


def _rounded(row: Row) -> Row:
    return {**row, "appmetrica_device_id": f"{float(row['appmetrica_device_id']):.15e}"}


def _cut(row: Row) -> Row:
    return {**row, "event_json": row["event_json"][:-3]}


#: Irregular events, by name; those marked `bad` cannot be used.
DIRT: Mapping[str, Callable[[Row], Row]] = {
    "bad: no instant": _with(event_timestamp="", event_datetime=""),
    "bad: instant in milliseconds": lambda row: {
        **row, "event_timestamp": row["event_timestamp"] + "000"
    },
    "bad: no name": _with(event_name=""),
    "bad: device id through a float": _rounded,
    "clock of 1970": _with(event_timestamp="86400", event_datetime="1970-01-02 03:00:00"),
    "json cut": _cut,
    "json is text": _with(event_json="not json at all"),
    "json with a zero": _with(event_json='{"note":"a\\u0000b"}'),
    "json over two lines": _with(event_json='{"note": "a",\n "more": "b, \\"c\\""}'),
    "json absent": _with(event_json=""),
}  # fmt: skip
#: Each kind comes once a day, in its own hour of the evening.
_DIRTY_FROM = 9


class AppEvents:
    """The events of the app, by hour of the phone's clock."""

    def __init__(self, school: School) -> None:
        self._practice = Practice(school)
        self._hours = lru_cache(maxsize=24 * 16)(self._hour)

    def happened(self, start: datetime, end: datetime) -> Iterator[ReceivedEvent]:
        """Yield events by the time of the phone, both ends included."""
        for hour in hours(start, end):
            yield from (event for event in self._hours(hour) if start <= event.at <= end)

    def received(self, start: datetime, end: datetime) -> Iterator[ReceivedEvent]:
        """Yield events by the time AppMetrica got them, both ends included."""
        for hour in hours(start - LATEST - HOUR, end):
            yield from (event for event in self._hours(hour) if start <= event.received <= end)

    def _hour(self, start: datetime) -> tuple[ReceivedEvent, ...]:
        attempts = self._practice.hour(start)
        events = [_event(attempt) for attempt in attempts]
        # Two taps within a second are two equal events.
        events += [
            event for event in events if share("twice", event.row["session_id"], event.at) < _TWICE
        ]
        if len(events) > len(DIRT):
            number = start.hour - _DIRTY_FROM
            for place, spoil in enumerate(list(DIRT.values())[number : number + 1] * (number >= 0)):
                events.append(replace(events[place], row=spoil(events[place].row)))
        return tuple(events)


def _event(attempt: PracticeAttempt) -> ReceivedEvent:
    at = attempt.at.replace(microsecond=0)
    late = share("late", attempt.learner.number, attempt.at.isoformat())
    delay = timedelta(seconds=1 + int(late * 50))
    if late < _OFFLINE:
        delay = LATEST * (late / _OFFLINE)
    received = (at + delay).replace(microsecond=0)
    return ReceivedEvent(at=at, received=received, row=_row(attempt, at, received))


def _row(attempt: PracticeAttempt, at: datetime, received: datetime) -> Row:
    learner = attempt.learner
    anonymous = share("anonymous", learner.number, at.date()) < _ANONYMOUS
    properties: dict[str, object] = {
        "course_id": attempt.course.slug,
        "quiz_id": attempt.item.block,
        "note": 'a "quoted", long word',
    }
    if attempt.submitted:
        properties |= {
            "is_correct": attempt.correct,
            "duration_s": 5 + int(share("took", attempt.at.isoformat()) * 600) / 10,
        }
    values = {
        "event_datetime": _wall(at),
        "event_json": json.dumps(properties, ensure_ascii=False),
        "event_name": "quiz_answer" if attempt.submitted else "quiz_opened",
        "event_receive_datetime": _wall(received),
        "event_receive_timestamp": str(int(received.timestamp())),
        "event_timestamp": str(int(at.timestamp())),
        "session_id": str(10_000_000_000 + int(at.timestamp()) // 1800),
        "city": _CITIES[learner.number % len(_CITIES)],
        "profile_id": "" if anonymous else learner.email,
        **_device(learner),
    }
    return {name: values.get(name, "") for name in FIELDS}


@lru_cache(maxsize=8192)
def _device(learner: Learner) -> Row:
    maker, model, original, system, version = _PHONES[learner.number % len(_PHONES)]
    apple = system == "ios"
    advertising = digest("advertising", learner.number)[:32]
    return {
        "installation_id": digest("installation", learner.number)[:32],
        # Half of all devices have an id that no signed 64-bit number holds.
        "appmetrica_device_id": str(int(digest("device", learner.number)[:16], 16)),
        "connection_type": "wifi",
        "country_iso_code": "RU",
        "device_ipv6": f"::ffff:203.0.113.{learner.number % 250 + 1}",
        "device_locale": "ru_RU",
        "device_manufacturer": maker,
        "device_model": model,
        "device_type": "phone",
        "google_aid": "" if apple else advertising,
        "ios_ifv": advertising if apple else "",
        "mcc": "250",
        "mnc": "1",
        "operator_name": "MTS RUS",
        "original_device_model": original,
        "os_name": system,
        "os_version": version,
        "app_build_number": "117",
        "app_package_name": "org.example.school",
        "app_version_name": "1.17",
        "application_id": APPLICATION_ID,
    }


def _wall(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo(TIME_ZONE)).strftime("%Y-%m-%d %H:%M:%S")

"""Events as Amplitude exports them: 55 keys on a line, with the faults that real exports have."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from gradeline.sandbox.school.practice import HOUR, Practice, PracticeAttempt
from gradeline.sandbox.school.school import School, digest

APPS = {"web": 218028, "mobile": 218029}
#: Six keys that older exports do not have.
NEWER_KEYS = (
    *("$insert_key", "data_type", "global_user_properties", "partner_id", "plan", "source_id"),
)
_FORMAT = "%Y-%m-%d %H:%M:%S.%f"
_CITIES = (
    ("Spain", "Valencia", "Valencia", 39.4699, -0.3763),
    ("Russia", "Tatarstan", "Казань", 55.7961, 49.1064),
    ("United Kingdom", "England", "Milton Keynes", None, None),
)
_PHONES = (
    ("iOS", "Apple", "iPhone", "iPhone 15", "17.5"),
    ("Android", "Samsung", "Galaxy", "Galaxy S24", "14"),
    ("Android", "Xiaomi", "Redmi", "Redmi Note 13", "13"),
)
_WEB_STEPS = ("page_view", "video_play", "task_open", "page_view")

Event = dict[str, object]


class AmplitudeEvents:
    """The lines of a project by the hour of their upload; equal for equal hours."""

    def __init__(self, school: School) -> None:
        self._practice = Practice(school)

    def lines(self, project: str, hour: datetime) -> list[bytes]:
        """Return the lines of the hour that starts then, broken ones included, by upload."""
        dice = Random(f"amplitude {project} {hour.isoformat()}")  # noqa: S311 - dice, not a secret
        lines: list[bytes] = []
        for event in self._events(project, hour, dice):
            lines += _with_faults(event, dice)
        before = self._last(project, hour - HOUR)
        # An event at the end of an hour stands at the start of the next hour's file as well.
        return [before, *lines] if before and lines and hour.hour % 3 == 0 else lines

    def _last(self, project: str, hour: datetime) -> bytes | None:
        dice = Random(f"amplitude {project} {hour.isoformat()}")  # noqa: S311 - dice, not a secret
        events = list(self._events(project, hour, dice))
        return line(events[-1]) if events else None

    def _events(self, project: str, hour: datetime, dice: Random) -> Iterator[Event]:
        for attempt in self._practice.hour(hour):
            if project == "web":
                yield from _on_the_web(attempt, hour, dice)
            elif attempt.learner.number % 2 and attempt.submitted:
                yield _in_the_app(attempt, hour, dice)


def line(event: Event) -> bytes:
    """Return an event as a line of an export, without its end."""
    return json.dumps(event, ensure_ascii=False).encode()


def _on_the_web(attempt: PracticeAttempt, hour: datetime, dice: Random) -> Iterator[Event]:
    for step, kind in enumerate(_WEB_STEPS[: dice.randint(1, len(_WEB_STEPS))]):
        properties = {"path": f"/{attempt.course.slug}/{attempt.item.object_id}", "step": step}
        if kind == "task_open":
            properties |= {"task_id": attempt.item.block, "course_id": attempt.course.slug}
        yield {
            **_event(attempt, "web", (hour, step), dice),
            "event_type": kind,
            "event_properties": properties,
            "platform": "Web",
            "os_name": "Chrome",
            "os_version": "122",
            "device_family": "Mac",
            "library": "amplitude-ts/2.1.0",
        }


def _in_the_app(attempt: PracticeAttempt, hour: datetime, dice: Random) -> Event:
    platform, brand, family, model, version = _PHONES[attempt.learner.number % len(_PHONES)]
    return {
        **_event(attempt, "mobile", (hour, 0), dice),
        "event_type": "quiz_answer",
        "event_properties": {
            "quiz_id": attempt.item.block,
            "course_id": attempt.course.slug,
            "is_correct": bool(attempt.correct),
            "duration_s": dice.randint(2, 180),
            "title": "Тест «Ñandú» 🎓",
        },
        "platform": platform,
        "os_name": platform.lower(),
        "os_version": version,
        "device_brand": brand,
        "device_manufacturer": brand,
        "device_family": family,
        "device_model": model,
        "device_type": model,
        "device_carrier": "Movistar",
        "version_name": "4.2.1",
        "start_version": "3.9.0",
        "library": f"amplitude-{platform.lower()}/2.40.1",
    }


#: Columns that this school never fills: null on every row, never absent.
_UNKNOWN = (
    *("$insert_key", "adid", "amplitude_attribution_ids", "amplitude_event_type", "device_brand"),
    *("device_carrier", "device_family", "device_manufacturer", "device_model", "device_type"),
    *("dma", "global_user_properties", "idfa", "is_attribution_event", "library", "os_name"),
    *("os_version", "partner_id", "paying", "platform", "sample_rate", "source_id"),
    *("start_version", "version_name"),
)


def _event(
    attempt: PracticeAttempt, project: str, place: tuple[datetime, int], dice: Random
) -> Event:
    hour, step = place
    uploaded = min(
        attempt.at + timedelta(seconds=step, microseconds=1000 + dice.randrange(900_000)),
        hour + HOUR - timedelta(microseconds=1),
    )
    # A phone that was off sends days later; the file is that of the hour of the upload.
    late = timedelta(days=dice.randint(1, 5)) if dice.random() < 0.02 else timedelta(seconds=1)
    happened = uploaded - late
    number, learner = attempt.learner.number, attempt.learner
    country, region, city, lat, lng = _CITIES[number % len(_CITIES)]
    known = dice.random() > 0.05
    key = (project, attempt.at.isoformat(), step)
    return {
        **dict.fromkeys(_UNKNOWN),
        "$insert_id": digest("insert", *key)[:36],
        "$schema": 12 if step % 2 else None,
        "amplitude_id": 9_007_199_254_740_993 + number,  # a float cannot hold it
        "app": APPS[project],
        "city": city,
        "client_event_time": happened.strftime(_FORMAT),
        "client_upload_time": (uploaded - timedelta(microseconds=879)).strftime(_FORMAT),
        "country": country,
        "data": {
            "group_first_event": {},
            "group_ids": {},
            "path": "/2/httpapi",
            "user_properties_updated": True,
        },
        "data_type": "event",
        "device_id": digest("device", project, number)[:32],
        "event_id": number * 1000 + step,
        "event_properties": {},
        "event_time": happened.strftime(_FORMAT),
        "event_type": "",
        "group_properties": {},
        "groups": {},
        "ip_address": f"203.0.113.{number % 250}",
        "language": "Spanish",
        "location_lat": lat,
        "location_lng": lng,
        "plan": {},
        "processed_time": (uploaded + timedelta(seconds=2)).strftime(_FORMAT),
        "region": region,
        "server_received_time": (uploaded - timedelta(microseconds=17)).strftime(_FORMAT),
        "server_upload_time": uploaded.strftime(_FORMAT),
        "session_id": int(hour.timestamp() * 1000) + number if dice.random() > 0.1 else -1,
        "user_creation_time": "2013-07-09 18:51:29.664000",
        "user_id": learner.username if known else None,
        "user_properties": _person(attempt) if known else {},
        "uuid": str(UUID(digest("uuid", *key)[:32])),
    }


def _person(attempt: PracticeAttempt) -> dict[str, object]:
    """Return the person's properties at the time of the event."""
    learner = attempt.learner
    return {
        "ehr_id": learner.object_id,
        "email": learner.email,
        "course": attempt.course.slug,
        "level": attempt.at.day // 10,
        "plan": "full" if learner.number % 3 else "free",
    }


def _without_newer(event: Event) -> list[bytes]:
    return [line({key: value for key, value in event.items() if key not in NEWER_KEYS})]


def _followed_by(*others: Callable[[Event], bytes]) -> Callable[[Event], list[bytes]]:
    """Return the event and, after it, a line that is made from it."""
    return lambda event: [line(event), *(other(event) for other in others)]


def _with(**changes: object) -> Callable[[Event], bytes]:
    """Make another event with wrong values."""

    def change(event: Event) -> bytes:
        other = str(UUID(digest(event["uuid"], *changes)[:32]))
        return line({**event, "uuid": other, **changes})

    return change


def _surrogate(event: Event) -> bytes:
    return line({**event, "city": "?"}).replace(b'"?"', rb'"\ud800"')


def _not_a_number(event: Event) -> bytes:
    return line({**event, "event_properties": {"score": "?"}}).replace(b'"?"', b"NaN")


#: What may be wrong with an event, and with how large a share of them something is.
_FAULTS: tuple[Callable[[Event], list[bytes]], ...] = (
    _without_newer,
    _followed_by(line),  # sent twice: the very same line again
    _followed_by(lambda event: line(event)[:-40]),  # cut in the middle
    _followed_by(_with(uuid="not-a-uuid")),
    _followed_by(_with(event_time="yesterday")),
    _followed_by(_with(event_properties={"note": "a\0b"})),
    _followed_by(_with(event_type=None)),
    _followed_by(_with(amplitude_id="many")),
    _followed_by(_surrogate),
    _followed_by(_not_a_number),
    _followed_by(lambda _event: b"[]"),
)
_FAULTY_SHARE = 0.012


def _with_faults(event: Event, dice: Random) -> list[bytes]:
    if dice.random() >= _FAULTY_SHARE:
        return [line(event)]
    return dice.choice(_FAULTS)(event)

"""Which courses something happened in: the school's log of events is all that it keeps by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from decimal import Decimal
from hashlib import sha256

import msgspec

from gradeline.sources.learnworlds.api import LearnWorldsApi
from gradeline.sources.learnworlds.checkpoint import Look
from gradeline.sources.learnworlds.courses import Place
from gradeline.sources.learnworlds.fetch import Fetcher
from gradeline.sources.learnworlds.pages import as_json
from gradeline.sources.learnworlds.records import instant

#: Asking for the courses of more people takes longer than collecting every course.
_MOST_PEOPLE = 150
#: Events of the last seconds may still be written: they are looked at again.
_OVERLAP = timedelta(seconds=60)


class _User(msgspec.Struct):
    id: str


class _Event(msgspec.Struct):
    created: Decimal
    user: _User | None = None


@dataclass(frozen=True, kw_only=True)
class Touched:
    """What a look at the log of events found."""

    courses: frozenset[str] | None  #: ids of courses to collect; null = too many people: all
    next: Look  #: where the next look begins


def touched(
    api: LearnWorldsApi, fetcher: Fetcher, places: Mapping[str, Place], look: Look
) -> Touched:
    """The courses of everyone with an event since that look.

    An event names a person and no course, so a course counts as touched when somebody in it did
    anything. The last minute is looked at again for events that were written late; those that
    were seen in it touch nothing any more.

    Raises:
        SourceRefused, SourceUnavailable, WrongAnswer: the log did not come.
    """
    after = int((look.since - _OVERLAP).astimezone(UTC).timestamp())
    asked = {"created_after": str(after), "sort": "asc"}
    records = api.records("event-logs", asked, sized=False)
    events = {
        sha256(each).hexdigest(): as_json(each, _Event, "an event") for each in records.values()
    }
    instants = {key: instant(each.created, "created") for key, each in events.items()}
    until = max([look.since, *filter(None, instants.values())])
    late = {key for key, at in instants.items() if at is None or at >= until - _OVERLAP}
    following = Look(since=until, seen=frozenset(late))
    new = [each for key, each in events.items() if key not in look.seen]
    people = sorted({each.user.id for each in new if each.user is not None})
    if len(people) > _MOST_PEOPLE:
        return Touched(courses=None, next=following)
    courses = {course for user_id in people for course in fetcher.enrolled_courses(user_id)}
    known = (places[each].course_id for each in courses if each in places)
    return Touched(courses=frozenset(known), next=following)

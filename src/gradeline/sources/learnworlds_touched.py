"""Which courses something happened in: the school's log of events is all that it keeps by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec

from gradeline.sources.learnworlds_api import LearnWorldsApi
from gradeline.sources.learnworlds_fetch import Fetcher
from gradeline.sources.learnworlds_pages import as_json
from gradeline.sources.learnworlds_places import Place
from gradeline.sources.learnworlds_records import instant

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
    until: datetime  #: where the next look begins, UTC


def touched(
    api: LearnWorldsApi, fetcher: Fetcher, places: Mapping[str, Place], since: datetime
) -> Touched:
    """The courses of everyone with an event after `since`.

    An event names a person and no course, so a course counts as touched when somebody in it did
    anything. Events of the last minute before `since` are looked at again.

    Raises:
        SourceRefused, SourceAway, WrongAnswer: the log did not come.
    """
    after = int((since - _OVERLAP).astimezone(UTC).timestamp())
    asked = {"created_after": str(after), "sort": "asc"}
    records = api.records("event-logs", asked, sized=False)
    events = [as_json(each, _Event, "an event") for each in records.values()]
    instants = [instant(each.created, "created") for each in events]
    until = max([since, *(each for each in instants if each is not None)])
    people = sorted({each.user.id for each in events if each.user is not None})
    if len(people) > _MOST_PEOPLE:
        return Touched(courses=None, until=until)
    courses = {course for user_id in people for course in fetcher.enrolled_courses(user_id)}
    known = (places[each].course_id for each in courses if each in places)
    return Touched(courses=frozenset(known), until=until)

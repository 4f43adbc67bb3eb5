"""Find the courses that changed: the log of events is all that the school keeps by time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from decimal import Decimal
from hashlib import sha256

import msgspec

from gradeline.sources.checkpoint import Checkpoint
from gradeline.sources.learnworlds.api import LearnWorldsApi
from gradeline.sources.learnworlds.courses import Place
from gradeline.sources.learnworlds.fetch import Fetcher
from gradeline.sources.learnworlds.pages import decode
from gradeline.sources.learnworlds.records import instant
from gradeline.sources.source import CourseChanges

#: Asking for the courses of more people takes longer than collecting every course.
_MOST_PEOPLE = 150
#: Events of the last seconds may still be written: they are looked at again.
_OVERLAP = timedelta(seconds=60)


class _User(msgspec.Struct):
    id: str


class _Event(msgspec.Struct):
    created: Decimal
    user: _User | None = None


_EVENTS = msgspec.json.Decoder(_Event)


def find_changes(
    api: LearnWorldsApi, fetcher: Fetcher, places: Mapping[str, Place], last: Checkpoint
) -> CourseChanges:
    """Find the courses of everyone with an event since the checkpoint.

    An event names a person and no course, so a course counts as changed when somebody in it did
    anything. The minute before the checkpoint is read again for events that were written late;
    those that were seen in it change nothing any more.

    Args:
        api: the school.
        fetcher: gives the courses of people.
        places: course of the school → its place.
        last: how far the log was read before.

    Raises:
        SourceRefused, SourceUnavailable, WrongAnswer: the log did not come.
    """
    after = int((last.since - _OVERLAP).astimezone(UTC).timestamp())
    asked = {"created_after": str(after), "sort": "asc"}
    records = api.records("event-logs", asked, sized=False)
    events = {
        sha256(each).hexdigest(): decode(each, _EVENTS, "an event") for each in records.values()
    }
    instants = {key: instant(each.created, "created") for key, each in events.items()}
    until = max([last.since, *filter(None, instants.values())])
    late = {key for key, at in instants.items() if at is None or at >= until - _OVERLAP}
    checkpoint = Checkpoint(since=until, seen=frozenset(late))
    new = [each for key, each in events.items() if key not in last.seen]
    people = sorted({each.user.id for each in new if each.user is not None})
    if len(people) > _MOST_PEOPLE:
        return CourseChanges(courses=None, checkpoint=checkpoint)
    courses = {course for user_id in people for course in fetcher.enrolled_courses(user_id)}
    known = (places[each].course_id for each in courses if each in places)
    return CourseChanges(courses=frozenset(known), checkpoint=checkpoint)

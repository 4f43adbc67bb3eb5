"""The school's people as LearnWorlds keeps them: users, enrolments, progress, the log of events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from gradeline.sandbox.learnworlds.courses import catalogue_entry, stamp
from gradeline.sandbox.learnworlds.pages import Record
from gradeline.sandbox.school.school import (
    Course,
    Enrolment,
    Learner,
    School,
    Submission,
    digest,
    share,
)

_SUSPENDED_EVERY = 37
_FIELDS = (
    *("bio", "location", "url", "fb", "twitter", "instagram", "linkedin", "skype", "behance"),
    *("dribbble", "github", "phone", "address", "country", "birthday", "company"),
    *("company_size", "university", "graduation_year"),
)
_SIGNED_UP_BEFORE = timedelta(hours=1)
_HOUR_S = 3600


def suspended(learner: Learner) -> bool:
    """Return whether the person is suspended, and so not in lists by default."""
    return learner.number // 3 % _SUSPENDED_EVERY == 0


class People:
    """The users, newest first, with enrolments, progress and events."""

    def __init__(self, school: School) -> None:
        self._school = school
        self._enrolled: dict[int, list[tuple[Course, Enrolment]]] = {}
        for course in school.courses:
            for enrolment in course.enrolments:
                self._enrolled.setdefault(enrolment.learner.number, []).append((course, enrolment))
        self._handed_in: dict[tuple[int, str], list[Submission]] = {}
        for course in school.courses:
            for done in course.submissions:
                self._handed_in.setdefault((done.learner.number, course.slug), []).append(done)
        newest = sorted(school.learners, key=lambda learner: self.joined(learner), reverse=True)
        self.users: dict[str, Record] = {
            learner.object_id: self._user(learner) for learner in newest
        }
        self._by_id = {learner.object_id: learner for learner in school.learners}
        self._by_email = {learner.email: learner for learner in school.learners}

    def find(self, name: str) -> Learner | None:
        """Return the person with that id or mail address."""
        return self._by_id.get(name) or self._by_email.get(name)

    def joined(self, learner: Learner) -> datetime:
        """Return when the account was made."""
        return (
            min(enrolment.at for _, enrolment in self._enrolled[learner.number]) - _SIGNED_UP_BEFORE
        )

    def of_course(self, course: Course) -> list[Record]:
        """Return who is enrolled, newest account first, without suspended people."""
        enrolled = {enrolment.learner.object_id for enrolment in course.enrolments}
        return [u for key, u in self.users.items() if key in enrolled and not u["is_suspended"]]

    def courses_of(self, learner: Learner) -> list[Record]:
        """Return the person's enrolments, newest first; `created` is a whole number here."""
        enrolments = sorted(
            self._enrolled[learner.number], key=lambda pair: pair[1].at, reverse=True
        )
        return [
            {
                "created": int(enrolment.at.timestamp()),
                "expires": None,
                "course": catalogue_entry(course),
            }
            for course, enrolment in enrolments
        ]

    def progress(self, learner: Learner, course: Course) -> Record:
        """Return the person's progress in one course."""
        done = {
            submission.item.number: submission for submission in self._handed_in_by(learner, course)
        }
        units = [_unit(learner, course, number, done) for number in range(len(course.items))]
        scores = [submission.score for submission in done.values() if submission.score is not None]
        passed = len(done) == len(course.items) - 1  # nobody hands in the exam here
        return {
            "status": "completed" if passed else "not_completed" if done else "not_started",
            "progress_rate": round(100 * len(done) / len(course.items), 2),
            "average_score_rate": round(sum(scores) / len(scores), 2) if scores else 0,
            "time_on_course": sum(int(str(unit["time_on_unit"])) for unit in units),
            "total_units": len(course.items),
            "completed_units": len(done),
            "progress_per_section_unit": [
                {"section_id": digest("section", course.slug)[:24], "units": units}
            ],
        }

    def all_progress(self, learner: Learner) -> list[Record]:
        """Return the person's progress in each course."""
        return [
            {"course_id": course.slug, **self.progress(learner, course)}
            for course, _ in self._enrolled[learner.number]
        ]

    @cached_property
    def events(self) -> list[Record]:
        """The events of the school, oldest first."""
        return sorted(self._events(), key=lambda event: float(str(event["created"])))

    def _events(self) -> Iterator[Record]:
        for learner in self._school.learners:
            yield _event(learner, self.joined(learner), "register", "signed up")
        for course in self._school.courses:
            for enrolment in course.enrolments:
                yield _event(
                    enrolment.learner, enrolment.at, "manual_enrollment", f"joined {course.title}"
                )
            for done in course.submissions:
                yield _event(done.learner, done.at, "visit_course", f"opened {course.title}")

    def _handed_in_by(self, learner: Learner, course: Course) -> list[Submission]:
        return self._handed_in.get((learner.number, course.slug), [])

    def _user(self, learner: Learner) -> Record:
        seen = [
            done.at
            for course, _ in self._enrolled[learner.number]
            for done in self._handed_in_by(learner, course)
        ]
        return {
            "id": learner.object_id,
            "email": learner.email,
            "username": learner.name,
            "subscribed_for_marketing_emails": [True, False, None][learner.number % 3],
            "eu_customer": None,
            "is_admin": False,
            "is_instructor": False,
            "is_suspended": suspended(learner),
            "is_reporter": False,
            "role": {"level": "user", "name": "User"},
            "is_affiliate": False,
            "referrer_id": None,
            "created": stamp(self.joined(learner), learner.number),
            "last_login": stamp(max(seen), learner.number) if seen else None,
            "fields": {**dict.fromkeys(_FIELDS), "cf_cohort": str(learner.number % 4)},
            "tags": None if learner.number % 5 == 0 else ["oulad", "aaa"],
            "utms": None,
            "billing_info": None,
            "nps_score": None,
            "nps_comment": None,
        }


def _unit(learner: Learner, course: Course, number: int, done: dict[int, Submission]) -> Record:
    item = course.items[number]
    submission = done.get(item.number)
    seconds = int(share("time", learner.number, item.number) * _HOUR_S) if submission else 0
    return {
        "unit_section_name": course.title,
        "unit_id": item.object_id,
        "unit_name": course.title_of(item),
        "unit_type": "assessment",
        "unit_status": "completed" if submission else "not_completed",
        "unit_duration": None,
        "time_on_unit": seconds,
        "score_on_unit": (submission.score or None) if submission else None,
        "unit_progress_rate": 100 if submission else 0,
    }


def _event(learner: Learner, at: datetime, activity: str, what: str) -> Record:
    return {
        "user": {"id": learner.object_id, "username": learner.name},
        "created": stamp(at, learner.number),
        "activity": activity,
        "description": f"{learner.name} {what}",
        "type": "user",
        "additional_info": None,
    }

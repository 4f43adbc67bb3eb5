"""The school's courses at LearnWorlds: contents, grades, responses to assessments."""

from __future__ import annotations

from datetime import datetime, timedelta

from gradeline.sandbox.learnworlds.pages import Record
from gradeline.sandbox.school.school import Course, Submission, digest
from gradeline.sandbox.school.wording import EMPTY_COURSE

PASS = 40
_WORKED_FOR = timedelta(minutes=25)
_BLOCKS = 5
_BLOCK_POINTS = 20
#: One learner in so many is graded by hand, without a response in the system.
_BY_HAND_EVERY = 11
_WHOLE_EVERY = 10
#: The id of a course that nobody has joined yet.
EMPTY_SLUG = EMPTY_COURSE.slug


def stamp(at: datetime, number: int) -> float | int:
    """Return Unix seconds; for some numbers whole ones, which JSON writes without a point."""
    return int(at.timestamp()) if number % _WHOLE_EVERY == 0 else round(at.timestamp(), 6)


def catalogue_entry(course: Course) -> Record:
    """Return a course as the catalogue has it."""
    first = course.presentation < "2014"
    return {
        **_course(course.slug, course.title, course.opened),
        "categories": [course.wording.category, "OULAD"] if first else [],
        "expires": 12 if first else None,
        "author": {"name": "The Open University", "image": ""} if first else None,
    }


def empty_course(opened: datetime) -> Record:
    """Return a course without people and contents."""
    return {**_course(EMPTY_SLUG, EMPTY_COURSE.title, opened), "access": "draft"}


def _course(slug: str, title: str, opened: datetime) -> Record:
    return {
        "id": slug,
        "title": title,
        "expires": None,
        "expiresType": "months",
        "afterPurchase": {"type": "course", "settings": {"page": None, "url": None}},
        "categories": [],
        "description": f"{title} of the Open University",
        "label": None,
        "author": None,
        "courseImage": None,
        "original_price": 300,
        "discount_price": 99.5,
        "final_price": 99.5,
        "dripFeed": "none",
        "identifiers": {"google_store_id": slug, "apple_store_id": slug},
        "access": "paid",
        "created": stamp(opened, 1),
        "modified": stamp(opened, 0),
    }


def contents(course: Course) -> Record:
    """Return sections and units; a unit without a page of its own has no id."""
    units: list[Record] = [
        {"type": "divider", "id": None, "icon": "line", "title": "Assessments", "subtitle": ""}
    ]
    units += [
        {
            "type": "assessment",
            "id": item.object_id,
            "icon": "exam",
            "title": course.title_of(item),
            "subtitle": "Assessment",
        }
        for item in course.items
    ]
    section = {
        "id": digest("section", course.slug)[:24],
        "title": course.title,
        "description": None,
        "access": "premium",
        "drip": None,
        "learningUnits": units,
    }
    return {"id": course.slug, "title": course.title, "sections": [section]}


def by_hand(done: Submission) -> bool:
    """Return whether the work has a grade but no response."""
    return done.learner.number // 3 % _BY_HAND_EVERY == 0


def grades(course: Course) -> list[Record]:
    """Return the grades of the course, newest first; without work that has no score yet."""
    return [
        {
            **_handed_in("grade", done),
            "grade": done.score,
            "learningUnit": {
                "type": "assessment",
                "id": done.item.object_id,
                "icon": "exam",
                "subtitle": "Assessment",
            },
        }
        for done in reversed(course.submissions)
        if done.score is not None
    ]


def responses(course: Course, unit: str) -> list[Record]:
    """Return the responses to one unit, newest first."""
    return [
        {
            **_handed_in("response", done),
            "grade": done.score,
            "passed": None if done.score is None else done.score >= PASS,
            "answers": [_block(done, number) for number in range(_BLOCKS)],
        }
        for done in reversed(course.submissions)
        if done.item.object_id == unit and not by_hand(done)
    ]


def _handed_in(kind: str, done: Submission) -> Record:
    number = done.learner.number + done.item.number
    return {
        "id": digest(kind, done.learner.number, done.item.number)[:24],
        "user_id": done.learner.object_id,
        "email": done.learner.email,
        "created": stamp(done.at - _WORKED_FOR, number),
        "modified": stamp(done.at, number),
        "submittedTimestamp": stamp(done.at, number),
    }


def _block(done: Submission, number: int) -> Record:
    """Return one block of a response: the score fills the blocks from the first on."""
    points: int | None = None
    if done.score is not None:
        points = max(0, min(_BLOCK_POINTS, done.score - number * _BLOCK_POINTS))
    upload = number == _BLOCKS - 1
    return {
        "blockId": f"mc{done.item.number}_{number}",
        "blockType": "fileUpload" if upload else "mc",
        "description": f"Question {number + 1}",
        "answer": "essay.pdf" if upload else "Paphos",
        "points": points,
        "blockMaxScore": _BLOCK_POINTS,
        "answerData": _uploaded(done) if upload else None,
    }


def _uploaded(done: Submission) -> object:
    """Return files as the contract has them (an array) or as its example does (an object)."""
    link = f"https://files.example.org/{done.item.number}/essay.pdf?sv=2014-02-14&sig=expired"
    files = {"downloads": [{"title": "essay.pdf", "url": link, "avStatus": "safe"}]}
    return [files] if done.learner.number % 2 else files

"""Who of the school practises words with the bot, when, and how well: made from numbers alone.

Most of them are learners of the last course, whom other systems know too; some are only here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from gradeline.records.vocabulary import NewQuestion
from gradeline.sandbox.school.names import name_of
from gradeline.sandbox.school.school import Learner, School

#: So many learners of the last course practise, and so many whom no other system knows.
_OF_THE_COURSE, _OTHERS = 18, 6
#: They practise in these weeks.
_FIRST_DAY, _WEEKS = datetime(2015, 5, 4, tzinfo=UTC), 8
#: How many quizzes a learner answers, at least and at most.
_QUIZZES = (2, 4)
#: Questions of a quiz.
QUESTIONS = 10
#: From which rating the school lets its learners go on: within a few quizzes.
THRESHOLDS = {"A2": 8, "B1": 24}
#: An answer of fewer letters is typed without a slip; one in so many longer ones has one.
_SHORTEST_WITH_TYPO, _TYPO_EVERY = 6, 8
_HARDER_BY_LEVEL = 0.7
_LANGUAGES = ("ru", "ru", "es", "en")


@dataclass(frozen=True, kw_only=True)
class Practiser:
    """A person who practises with the bot."""

    chat_id: int
    name: str
    language: str
    learner: Learner | None  #: who they are in the other systems; None = only here
    group: str | None  #: the group whose code they have; None = they have none
    skill: float  #: in logits: a word of A1 is known with chance 1 / (1 + e^-skill)
    quizzes: tuple[datetime, ...]  #: when they begin

    def dice(self, quiz: int) -> Random:
        """Return what decides a quiz of theirs, equal for equal quizzes."""
        return Random(f"vocabulary {self.chat_id} {quiz}")  # noqa: S311 - dice, not a secret


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What somebody answers to a question."""

    text: str
    seconds: float
    hint: bool  #: whether they asked for one


def practisers(school: School) -> Sequence[Practiser]:
    """Return the people who practise, by chat; equal schools have equal ones."""
    course = school.courses[-1]
    enrolled = sorted(course.enrolments, key=lambda one: one.learner.number)
    step = max(1, len(enrolled) // _OF_THE_COURSE)
    known = [one.learner for one in enrolled[::step]][:_OF_THE_COURSE]
    people: list[Learner | None] = [*known, *([None] * _OTHERS)]
    return [
        _practiser(10_000 + number, learner, course.wording.groups)
        for number, learner in enumerate(people)
    ]


def _practiser(chat_id: int, learner: Learner | None, groups: Sequence[str]) -> Practiser:
    dice = Random(f"practiser {chat_id}")  # noqa: S311 - dice, not a secret
    group = None
    if learner is not None and groups:
        # As the school's groups file has it.
        group = groups[learner.number // 3 % len(groups)]
    return Practiser(
        chat_id=chat_id,
        name=name_of(learner.number if learner else chat_id),
        language=dice.choice(_LANGUAGES),
        learner=learner,
        group=group,
        skill=dice.gauss(1.2, 1.0),
        quizzes=tuple(_evenings(dice)),
    )


def _evenings(dice: Random) -> Iterator[datetime]:
    days = sorted(dice.sample(range(_WEEKS * 7), dice.randint(*_QUIZZES)))
    for day in days:
        at = time(hour=dice.randint(7, 19), minute=dice.randrange(60), tzinfo=UTC)
        yield datetime.combine(_FIRST_DAY + timedelta(days=day), at)


def reply(who: Practiser, question: NewQuestion, level_id: int, dice: Random) -> Reply:
    """Return what a person answers.

    Args:
        who: answers.
        question: as the bot asks it.
        level_id: of the word, 1 = A1.
        dice: of the quiz.
    """
    knows = 1 / (1 + math.exp(_HARDER_BY_LEVEL * (level_id - 1) - who.skill))
    seconds, hint = round(dice.uniform(2, 14), 1), dice.random() > (1 + knows) / 2
    right = question.expected[0]
    if dice.random() < knows:
        swap = (
            not question.options
            and len(right) >= _SHORTEST_WITH_TYPO
            and not dice.randrange(_TYPO_EVERY)
        )
        return Reply(text=_swapped(right, dice) if swap else right, seconds=seconds, hint=hint)
    wrong = [option for option in question.options if option not in question.expected]
    text = dice.choice(wrong) if wrong else right[::-1]
    return Reply(text=text, seconds=seconds, hint=hint)


def _swapped(text: str, dice: Random) -> str:
    """Return a text with two neighbouring letters exchanged, not the first two."""
    place = dice.randrange(2, len(text) - 2)
    return f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}"

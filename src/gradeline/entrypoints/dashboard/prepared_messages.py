"""Messages to learners, prepared for their curators to read, change and send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from gradeline.base.languages import LANGUAGES, Language, message, plural
from gradeline.base.languages import language as language_of
from gradeline.records.course_report import LearnerStanding

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SUBJECT = message("Your course “{course}”")
_HELLO, _HELLO_NAME = message("Hello!"), message("Hello, {name}!")
#: reason → what is said; the first one of a learner's reasons counts
_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "never_seen": message("I see that you have not started the course “{course}” yet."),
        "silent": message("I have not seen you in the course “{course}” for a while."),
        "failing": message("Your grades in the course “{course}” are below the pass mark so far."),
        "dropping": message("Your last answers in the course “{course}” were harder going."),
        "leaning": message("Lately you need more hints in the course “{course}”."),
        "missing": message("Some work of the course “{course}” is past its due date."),
    }
)
_OVERDUE = plural(
    "{n} assessment is past its due date.", "{n} assessments are past their due date."
)
_OFFER = message(
    "How are you getting on? Write to me if something is in the way: we will find a way."
)


@dataclass(frozen=True, kw_only=True)
class PreparedMessage:
    """A message in one language."""

    language: str  #: its code
    subject: str
    text: str
    mailto: str  #: an address that opens it in a mail program; empty = there is no e-mail


def prepare_messages(
    learner: LearnerStanding, course: str, usual: str
) -> tuple[PreparedMessage, ...]:
    """Return a message to a learner at risk, in every language, the learner's first.

    No source tells which language a learner reads: a name in Cyrillic reads Russian, every other
    one what the school does.

    Args:
        learner: with the reasons.
        course: its title.
        usual: the code of the school's language.
    """
    first = "ru" if _CYRILLIC.search(learner.name or "") else usual
    codes = sorted(LANGUAGES, key=lambda code: code != first)
    return tuple(_prepare(learner, course, language_of(code)) for code in codes)


def _prepare(learner: LearnerStanding, course: str, language: Language) -> PreparedMessage:
    name = learner.name
    reason = next((each for each in _TOLD if each in learner.at_risk), "missing")
    parts = [
        language.say(_HELLO_NAME, name=name) if name else language.say(_HELLO),
        "",
        language.say(_TOLD[reason], course=course),
    ]
    if learner.missing and reason != "missing":
        parts.append(language.say_n(_OVERDUE, n=learner.missing))
    parts += ["", language.say(_OFFER)]
    text, subject = "\n".join(parts), language.say(_SUBJECT, course=course)
    mailto = ""
    if learner.email:
        asked = f"subject={quote(subject)}&body={quote(text, safe='')}"
        mailto = f"mailto:{quote(learner.email, safe='@')}?{asked}"
    return PreparedMessage(language=language.code, subject=subject, text=text, mailto=mailto)

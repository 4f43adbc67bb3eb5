"""What the bot works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random, SystemRandom

from gradeline.records.vocabulary import Progress
from gradeline.warehouse import Database


@dataclass(frozen=True, kw_only=True)
class BotTerms:
    """What the settings say about the bot."""

    zone: str  #: the school's time zone
    language: str  #: of learners whose app names none that there is
    consent_age: int  #: from which age learners consent themselves
    quiz_words: int  #: questions of a quiz
    weekly: str  #: a cron line in school time: when learners are told of their week


@dataclass(frozen=True, kw_only=True)
class BotParts:
    """What the bot works with."""

    database: Database  #: with a pool of the entry points' role
    #: with a pool of the loader's: what is sent is of many chats; no update's own SQL runs on it
    by_loader: Database
    terms: BotTerms
    clock: Callable[[], datetime]
    #: progress, and the code of a language → a picture as PNG
    draw_progress: Callable[[Progress, str], bytes]
    dice: Random = field(default_factory=SystemRandom)  #: choose words and mix options

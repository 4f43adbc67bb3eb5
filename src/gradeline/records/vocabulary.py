"""The vocabulary bot: learners who practise words, their quizzes, what these tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Direction(StrEnum):
    """From which language into which a word is asked."""

    ES2RU = "es2ru"
    RU2ES = "ru2es"


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"  #: one of the options
    TYPED = "typed"


class Verdict(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    ACCENT = "accent"  #: right but for accents, which is forgiven and said
    TYPO = "typo"  #: right but for a slip of the fingers, which is forgiven and said
    WRONG = "wrong"

    @property
    def is_right(self) -> bool:
        """Whether the answer counts as right."""
        return self is not Verdict.WRONG


class QuizStatus(StrEnum):
    """How far a quiz got."""

    OPEN = "open"
    FINISHED = "finished"  #: every question was answered
    ABANDONED = "abandoned"  #: it ended before; the answers given count


@dataclass(frozen=True, kw_only=True)
class NewClient:
    """A learner as the bot meets them first."""

    chat_id: int
    name: str | None = None
    username: str | None = None
    language: str  #: `ru`, `es` or `en`


@dataclass(frozen=True, kw_only=True)
class Client(NewClient):
    """A learner who practises with the bot."""

    client_id: int
    learner_id: str  #: in canonical tables
    is_minor: bool | None  #: None = not asked yet
    consent_at: datetime | None  #: None = nothing may be stored about their learning
    consent_by: str | None  #: themselves (`self`), or the curator who confirmed it
    groups: tuple[str, ...]  #: ids of the groups they joined by code
    remind_at: time | None  #: on the school's wall clock; None = never
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class JoinedGroup:
    """A group that a learner joined by its code."""

    group_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class GroupCode(JoinedGroup):
    """A code by which learners join a group."""

    code: str
    expires_at: datetime | None  #: from then on it is refused; None = never
    created_by: str


@dataclass(frozen=True, kw_only=True)
class DictionaryWord:
    """An entry of the dictionary."""

    word_id: int
    word: str  #: Spanish, with its article where that is useful
    translation: str  #: Russian; several are separated by comma or slash
    level_id: int  #: 1 = A1 … 6 = C2
    category: str | None


@dataclass(frozen=True, kw_only=True)
class Memory:
    """How well a learner remembers a word, by FSRS."""

    stability: float  #: days until the chance of remembering falls to 0.9
    difficulty: float  #: 1 (easy) … 10
    last_review_at: datetime
    due_at: datetime  #: when the chance falls to 0.9, in whole days
    reviews: int


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number that is not known exactly, in logits: normal with that mean and variance."""

    mean: float
    variance: float


@dataclass(frozen=True, kw_only=True)
class PoolWord(DictionaryWord):
    """A word that a quiz may ask."""

    keys: tuple[str, ...]  #: right answers in Spanish, as judging compares them
    translation_keys: tuple[str, ...]  #: and in Russian
    difficulty: float  #: in logits, as of now
    memory: Memory | None  #: None = never asked


@dataclass(frozen=True, kw_only=True)
class WordPool:
    """What the words of a quiz are chosen from."""

    at: datetime
    level_id: int  #: of the learner
    ability: float  #: in logits
    words: tuple[PoolWord, ...]  #: those that may be asked
    #: the dictionary's other words of the same levels: wrong options, and further right answers
    others: tuple[PoolWord, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewQuestion:
    """A question of a quiz that begins."""

    word_id: int
    direction: Direction
    kind: QuestionKind
    prompt: str  #: the word as it is shown
    expected: tuple[
        str, ...
    ]  #: all right answers; first the dictionary's own, as an option shows it
    options: tuple[str, ...] = ()  #: of a choice, in the order shown; just one is right


@dataclass(frozen=True, kw_only=True)
class AskedQuestion(NewQuestion):
    """A question of a quiz as it is kept."""

    activity_id: int
    position: int  #: 1 = the first one
    asked_at: datetime | None  #: when it was shown first; None = not yet
    answered_at: datetime | None = None
    answer: str | None = None
    verdict: Verdict | None = None
    hints: int = 0
    duration_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer to a question."""

    text: str
    verdict: Verdict
    at: datetime
    duration_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """A quiz as it is kept."""

    activity_id: int
    client_id: int
    started_at: datetime
    status: QuizStatus
    questions: tuple[AskedQuestion, ...]

    @property
    def next(self) -> AskedQuestion | None:
        """The first question without an answer; None = all have one."""
        return next((one for one in self.questions if one.answered_at is None), None)


@dataclass(frozen=True, kw_only=True)
class LevelChange:
    """A learner's level that changed."""

    client_id: int
    before: int
    after: int
    on: date  #: school day


@dataclass(frozen=True, kw_only=True)
class QuizResult:
    """How a quiz ended."""

    activity_id: int
    status: QuizStatus
    words_asked: int
    words_right: int
    hints: int
    duration_ms: int | None
    quiz_weight: int
    client_rating: int
    level_id: int
    level_name: str
    level_change: LevelChange | None  #: the step that this quiz made
    ability: float  #: in logits
    ability_uncertainty: float  #: half of its 95 % interval
    streak_days: int


@dataclass(frozen=True, kw_only=True)
class PracticeDay:
    """What a learner did on a school day."""

    day: date
    answers: int
    right_answers: int
    rating: int  #: `client_rating` at its end


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a learner got."""

    client_rating: int
    level_id: int
    level_name: str
    next_level_rating: int | None  #: `min_rating` of the level above; None = there is none
    answers: int
    right_answers: int
    quizzes: int
    streak_days: int  #: school days in a row with an answer, up to today or yesterday
    longest_streak_days: int
    words_known: int  #: words whose chance of being remembered today is at least 0.9
    words_due: int  #: words asked before whose chance is below it
    ability: float | None
    ability_uncertainty: float | None
    days: tuple[PracticeDay, ...] = field(default=())  #: the last 30, also those without answers

    @property
    def accuracy(self) -> float | None:
        """The share of right answers; None = there are no answers."""
        return self.right_answers / self.answers if self.answers else None


@dataclass(frozen=True, kw_only=True)
class WordStanding:
    """A word with the chance that its learner remembers it."""

    word: DictionaryWord
    recall: float  #: 0 … 1, today
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class StudyLevel:
    """A level of study."""

    level_id: int
    lev_name: str
    cefr: str
    min_rating: int  #: `client_rating` from which it can be reached
    word_weight: int  #: what a right answer on its words adds to `quiz_weight`

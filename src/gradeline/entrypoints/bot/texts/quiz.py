"""Texts of a quiz: questions, verdicts, hints, the end."""

from __future__ import annotations

import re
from html import escape

from gradeline.base.languages import Language, message
from gradeline.entrypoints.bot.texts.progress import level_line, streak
from gradeline.records.vocabulary import (
    AskedQuestion,
    Direction,
    NewQuestion,
    Progress,
    QuestionKind,
    Quiz,
    QuizResult,
    Verdict,
)

_NUMBER = message("Question {number} of {total}")
_ASK = {
    Direction.ES2RU: message("What is <b>{word}</b> in Russian?"),
    Direction.RU2ES: message("What is <b>{word}</b> in Spanish?"),
}
_WRITE = message("Write the translation.")
_VERDICTS = {
    Verdict.RIGHT: message("✅ Right: {pair}"),
    Verdict.ACCENT: message("✅ Right! Accents do not count, but this is the spelling: {pair}"),
    Verdict.TYPO: message("✅ Right, apart from a typo. The spelling is: {pair}"),
    Verdict.WRONG: message("❌ Not right. The answer is: {pair}"),
}
_YOURS = message("Your answer: {answer}")
_HINT = message("Hint: {letters}")
_ON = message("Back to where you left off.")
_ANSWERED = message("You have already answered this question.")
_OVER = message("This quiz is over.")
_NO_HINT = message("There are no more hints.")
_NO_WORDS = message("There are no words to practise yet. Your school is adding them.")
_DONE = message("🏁 Done!")
_ENDED = message("The quiz is over.")
_RIGHT_OF = message("Right answers: {right} of {asked}")
_HINTS = message("Hints: {n}")
_TIME = message("Time: {time}")
_RATING = message("Rating: {rating} (+{weight})")
_NEW_LEVEL = message("🎉 You have reached level {level}!")
_MINUTES = message("{minutes} min {seconds} s")
_SECONDS = message("{seconds} s")
_MINUTE_S = 60
_HIDDEN = "·"


def question(spoken: Language, quiz: Quiz, asked: AskedQuestion) -> str:
    """Ask a question, with the hints that were given."""
    number = spoken.say(_NUMBER, number=str(asked.position), total=str(len(quiz.questions)))
    lines = [f"<i>{number}</i>", spoken.say(_ASK[asked.direction], word=escape(asked.prompt))]
    if asked.kind is QuestionKind.TYPED:
        lines.append(spoken.say(_WRITE))
        if asked.hints:
            lines.append(spoken.say(_HINT, letters=f"<code>{escape(letters(asked))}</code>"))
    return "\n".join(lines)


def letters(asked: AskedQuestion) -> str:
    """Return the answer with letters hidden: first all but one, later the second half.

    Of several translations it is the first one; an article is shown.
    """
    answer = re.split(r"\s*[,/;]", asked.expected[0])[0]
    article, space, word = answer.rpartition(" ")
    shown = 1 if asked.hints == 1 else max(2, (len(word) + 1) // 2)
    return f"{article}{space}{word[:shown]}{_HIDDEN * len(word[shown:])}"


def verdict(spoken: Language, asked: NewQuestion, given: str, worth: Verdict) -> str:
    """Say what an answer is worth, and how it is spelt."""
    pair = f"<b>{escape(asked.prompt)}</b> — <b>{escape(asked.expected[0])}</b>"
    said = spoken.say(_VERDICTS[worth], pair=pair)
    if worth is Verdict.RIGHT:
        return said
    return f"{said}\n{spoken.say(_YOURS, answer=escape(given))}"


def resumed(spoken: Language) -> str:
    """Say that the quiz goes on."""
    return spoken.say(_ON)


def already_answered(spoken: Language) -> str:
    """Say that a question has its answer."""
    return spoken.say(_ANSWERED)


def quiz_over(spoken: Language) -> str:
    """Say that a quiz has ended."""
    return spoken.say(_OVER)


def no_hint(spoken: Language) -> str:
    """Say that all hints were given."""
    return spoken.say(_NO_HINT)


def no_words(spoken: Language) -> str:
    """Say that the dictionary is empty."""
    return spoken.say(_NO_WORDS)


def summary(spoken: Language, result: QuizResult, progress: Progress, *, complete: bool) -> str:
    """Say how a quiz ended, and what it changed."""
    right, asked = str(result.words_right), str(result.words_asked)
    lines = [
        f"<b>{spoken.say(_DONE if complete else _ENDED)}</b>",
        spoken.say(_RIGHT_OF, right=right, asked=asked),
    ]
    if result.hints:
        lines.append(spoken.say(_HINTS, n=str(result.hints)))
    if result.duration_ms is not None:
        lines.append(spoken.say(_TIME, time=duration(spoken, result.duration_ms)))
    rating = spoken.number(result.client_rating)
    lines.append(spoken.say(_RATING, rating=rating, weight=spoken.number(result.quiz_weight)))
    change = result.level_change
    if change is not None and change.after > change.before:
        lines.append(spoken.say(_NEW_LEVEL, level=result.level_name))
    lines.append(level_line(spoken, progress))
    lines.append(streak(spoken, result.streak_days))
    return "\n".join(lines)


def duration(spoken: Language, milliseconds: int) -> str:
    """Write a duration in minutes and seconds."""
    minutes, seconds = divmod(round(milliseconds / 1000), _MINUTE_S)
    if minutes:
        return spoken.say(_MINUTES, minutes=spoken.number(minutes), seconds=str(seconds))
    return spoken.say(_SECONDS, seconds=str(seconds))

"""Texts of progress: rating, level, days in a row, words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gradeline.base.languages import Language, message, plural
from gradeline.entrypoints.bot.texts.menu import entry
from gradeline.records.vocabulary import Progress, WordStanding

_TITLE = message("Your progress")
_RATING = message("Rating: {rating}")
_LEVEL = message("Level: {level}")
_TO_NEXT = message("Level: {level}; to the next one: {missing}")
_STREAK = plural("{n} day in a row", "{n} days in a row")
_LONGEST = message("longest: {n}")
_ACCURACY = message("Right answers: {share} of {n}")
_KNOWN = plural("{n} word learned", "{n} words learned")
_DUE = plural("{n} word to review", "{n} words to review")
_NOTHING = message("You have not practised yet. Begin with /quiz: it takes two minutes.")
_NEAREST = message("About to be forgotten:")
_WEEK = message("Your week, {name}")
_WEEK_PLAIN = message("Your week")
_WEEK_ANSWERS = plural(
    "{n} answer this week, {share} of them right", "{n} answers this week, {share} of them right"
)
_WEEK_NOTHING = message("No practice this week. Two minutes a day are enough: /quiz")
_REMINDER = message("Time to practise!")
_FROM_TUTOR = message("Message from your tutor:")


def progress_text(spoken: Language, progress: Progress) -> str:
    """Say how far a learner got."""
    if not progress.answers:
        return spoken.say(_NOTHING)
    rating = spoken.number(progress.client_rating)
    days = streak(spoken, progress.streak_days)
    if progress.longest_streak_days > progress.streak_days:
        longest = spoken.number(progress.longest_streak_days)
        days = f"{days} ({spoken.say(_LONGEST, n=longest)})"
    accuracy = spoken.say(
        _ACCURACY,
        share=spoken.percent(progress.accuracy, 0),
        n=spoken.number(progress.answers),
    )
    lines = [spoken.say(_RATING, rating=rating), level_line(spoken, progress), days, accuracy]
    return "\n".join([f"<b>{spoken.say(_TITLE)}</b>", *lines, *_words(spoken, progress)])


def level_line(spoken: Language, progress: Progress) -> str:
    """Say which level a learner has, and what is missing to the next one."""
    level = escape(progress.level_name)
    above = progress.next_level_rating
    if above is None or above <= progress.client_rating:
        return spoken.say(_LEVEL, level=level)
    missing = spoken.number(above - progress.client_rating)
    return spoken.say(_TO_NEXT, level=level, missing=missing)


def streak(spoken: Language, days: int) -> str:
    """Say how many days in a row a learner has practised."""
    return f"🔥 {spoken.say_n(_STREAK, days)}"


def words_text(spoken: Language, progress: Progress, due: Sequence[WordStanding]) -> str:
    """Say which words are in memory, and which are to be repeated."""
    if not progress.answers:
        return spoken.say(_NOTHING)
    lines = _words(spoken, progress)
    if due:
        lines += ["", spoken.say(_NEAREST), *(entry(one.word) for one in due)]
    return "\n".join(lines)


def week_text(spoken: Language, name: str | None, progress: Progress) -> str:
    """Say what a learner did in a week, and where they are."""
    title = spoken.say(_WEEK, name=escape(name)) if name else spoken.say(_WEEK_PLAIN)
    week = progress.days[-7:]
    answers = sum(day.answers for day in week)
    if not answers:
        return f"<b>{title}</b>\n{spoken.say(_WEEK_NOTHING)}"
    share = spoken.percent(sum(day.right_answers for day in week) / answers, 0)
    lines = [
        spoken.say_n(_WEEK_ANSWERS, answers, share=share),
        spoken.say(_RATING, rating=spoken.number(progress.client_rating)),
        level_line(spoken, progress),
        *_words(spoken, progress),
    ]
    return "\n".join([f"<b>{title}</b>", *lines])


def reminder_text(spoken: Language, progress: Progress) -> str:
    """Remind a learner to practise."""
    lines = [spoken.say(_REMINDER)]
    if progress.words_due:
        lines.append(spoken.say_n(_DUE, progress.words_due))
    if progress.streak_days:
        lines.append(streak(spoken, progress.streak_days))
    return "\n".join(lines)


def tutor_text(spoken: Language, text: str) -> str:
    """Hand on what a tutor writes."""
    return f"<b>{spoken.say(_FROM_TUTOR)}</b>\n{escape(text)}"


def _words(spoken: Language, progress: Progress) -> list[str]:
    known = spoken.say_n(_KNOWN, progress.words_known)
    return [f"{known}, {spoken.say_n(_DUE, progress.words_due)}"]

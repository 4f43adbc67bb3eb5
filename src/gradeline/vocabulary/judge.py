"""What an answer is worth: right, right but for accents, right but for a typo, wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradeline.records.vocabulary import NewQuestion, QuestionKind, Verdict
from gradeline.vocabulary.spelling import (
    article_gender,
    distance,
    key,
    most_typos,
    plain,
    split_answers,
    without_article,
)

_ORDER = (Verdict.RIGHT, Verdict.ACCENT, Verdict.TYPO, Verdict.WRONG)


def judge(text: str, question: NewQuestion, is_word: Callable[[str], bool]) -> Verdict:
    """Return what an answer to a question is worth.

    Case, punctuation, spaces, е for ё and a missing article make no difference. Accents are
    forgiven (ACCENT), so is an article of the other gender or a slip of one letter, or of two in
    words of more than seven (TYPO), unless the slip makes another word of the dictionary. Who
    lists several answers has to be right with each.

    Args:
        text: as the learner wrote it, or the option chosen.
        question: with all right answers.
        is_word: whether a key (`spelling.key`) is a word of the dictionary in the language of
            the answer.
    """
    if question.kind is QuestionKind.CHOICE:
        return Verdict.RIGHT if text == question.expected[0] else Verdict.WRONG
    right = [part for answer in question.expected for part in split_answers(answer)]
    given = split_answers(text)
    verdicts = [_judge_one(part, right, is_word) for part in given]
    return max(verdicts, key=_ORDER.index, default=Verdict.WRONG)


def _judge_one(given: str, right: Sequence[str], is_word: Callable[[str], bool]) -> Verdict:
    return min((_compare(given, one, is_word) for one in right), key=_ORDER.index)


def _compare(given: str, right: str, is_word: Callable[[str], bool]) -> Verdict:
    ours, theirs = plain(right), plain(given)
    if key(given) == key(right):
        if _has_other_gender(theirs, ours):
            return Verdict.TYPO
        same = without_article(theirs) == without_article(ours)
        return Verdict.RIGHT if same else Verdict.ACCENT
    most = most_typos(len(key(right)))
    if most and distance(key(given), key(right), most) <= most and not is_word(key(given)):
        return Verdict.TYPO
    return Verdict.WRONG


def _has_other_gender(given: str, right: str) -> bool:
    genders = {article_gender(given), article_gender(right)} - {None}
    return len(genders) > 1

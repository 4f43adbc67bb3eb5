"""Quizzes: each answer counts once, and an end changes everything with it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from gradeline.records.vocabulary import Answer, QuestionKind, QuizStatus, Verdict
from gradeline.vocabulary.questions import make_questions
from gradeline.warehouse.vocabulary import analytics, practice

from .conftest import MONDAY, ZONE

RIGHT = Answer(text="дом", verdict=Verdict.RIGHT, at=MONDAY)


@pytest.fixture
def ana(school):
    """A learner."""
    return school.meet(7)


@pytest.fixture
def quiz(school, ana):
    """A quiz of hers with three questions."""
    with school.chat(7) as connection:
        pool = practice.candidates(connection, ana.client_id, MONDAY)
        questions = make_questions(pool, 3, random.Random(1))
        return practice.start_quiz(connection, ana.client_id, questions, MONDAY, ZONE)


def test_a_new_learner_chooses_among_four_words(quiz):
    """The first questions are choices with four options, one of them right."""
    assert {one.kind for one in quiz.questions} == {QuestionKind.CHOICE}
    assert all(len(set(one.options)) == 4 for one in quiz.questions)
    assert all(one.expected[0] in one.options for one in quiz.questions)
    assert quiz.next.position == 1


def test_an_answer_counts_once(school, quiz):
    """A question that has an answer takes no second one."""
    with school.chat(7) as connection:
        assert practice.note_answer(connection, quiz.activity_id, 2, RIGHT)
        assert not practice.note_answer(connection, quiz.activity_id, 2, RIGHT)
        assert practice.open_quiz(connection, quiz.client_id).next.position == 1


def test_a_quiz_ends_once_with_all_it_changes(school, ana):
    """Rating, ability, streak and memory are those of one quiz, however often it ends."""
    result = school.practise(ana, verdict=lambda n: Verdict.WRONG if n == 1 else Verdict.RIGHT)
    assert (result.status, result.words_asked, result.words_right) == (QuizStatus.FINISHED, 5, 4)
    assert (result.quiz_weight, result.client_rating, result.streak_days) == (4, 4, 1)
    with school.chat(7) as connection:
        again = practice.finish_quiz(connection, result.activity_id, MONDAY, ZONE)
        progress = analytics.progress(connection, ana.client_id, MONDAY, ZONE)
    assert again == result
    assert (progress.answers, progress.right_answers, progress.quizzes) == (5, 4, 1)
    assert progress.words_known + progress.words_due == 5
    assert (progress.days[-1].answers, progress.days[-1].rating) == (5, 4)


def test_a_quiz_that_was_left_counts_what_was_answered(school, ana, quiz):
    """The next quiz ends it; an answer that comes after that is not taken."""
    with school.chat(7) as connection:
        practice.note_answer(connection, quiz.activity_id, 3, RIGHT)
    school.practise(ana, MONDAY + timedelta(days=1))
    with school.chat(7) as connection:
        left = practice.finish_quiz(connection, quiz.activity_id, MONDAY, ZONE)
        assert not practice.note_answer(connection, quiz.activity_id, 1, RIGHT)
        progress = analytics.progress(connection, ana.client_id, MONDAY, ZONE)
    assert (left.status, left.words_right, progress.quizzes) == (QuizStatus.ABANDONED, 1, 2)
    assert (progress.answers, progress.streak_days) == (6, 2)


def test_a_chat_sees_and_changes_no_other_learner(school, quiz):
    """Row security hides a quiz from every chat but its own."""
    school.meet(8)
    with school.chat(8) as connection:
        assert practice.open_quiz(connection, quiz.client_id) is None
        assert not practice.note_answer(connection, quiz.activity_id, 1, RIGHT)
        with pytest.raises(LookupError):
            practice.finish_quiz(connection, quiz.activity_id, MONDAY, ZONE)

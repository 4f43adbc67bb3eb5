"""What quizzes change one by one is what all answers give at once, and what the words say."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gradeline.records.vocabulary import (
    Answer,
    Direction,
    NewClient,
    NewQuestion,
    QuestionKind,
    Verdict,
)
from gradeline.warehouse.vocabulary import analytics, clients, practice

from .conftest import MONDAY, WORDS, ZONE
from .oracle import Learner, Told

LEVEL_OF = {"A1": 1, "A2": 2, "B1": 3}
WEIGHTS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6}
#: Low, so that short histories reach levels.
LEAST = {1: 0, 2: 3, 3: 8, 4: 12, 5: 20, 6: 30}

answers = st.tuples(
    st.integers(0, len(WORDS) - 1), st.sampled_from([*Verdict, None]), st.integers(0, 1)
)
#: Minutes since the event before; whose; the questions; in which order they are answered.
quizzes = st.tuples(
    st.sampled_from([0, 5, 600, 1440, 4000]),
    st.integers(0, 1),
    st.lists(answers, min_size=1, max_size=5, unique_by=lambda one: one[0]),
    st.booleans(),
)
updates = st.sampled_from([0, 700, 1440]).map(lambda minutes: (minutes, None, [], False))
histories = st.lists(st.one_of(quizzes, quizzes, updates), min_size=1, max_size=7)


def read(connection) -> list:
    """Everything that quizzes changed, but when it was stored."""
    tables = {
        "client_analytics": "computed_at",
        "client_word_memory": "none",
        "word_difficulty": "none",
        "client_activity_log": "none",
    }
    return [
        connection.execute(
            f"select to_jsonb(t) - '{left}' from {table} t order by 1".encode()
        ).fetchall()
        for table, left in tables.items()
    ]


def play(connection, history) -> dict[int, Learner]:
    """Let two learners practise; return what the oracle makes of it, by client_id."""
    connection.execute(
        "update study_levels set min_rating = (%s::int[])[level_id]", [list(LEAST.values())]
    )
    ids = [
        row[0]
        for row in connection.execute("select word_id from esp2rus_dictionary order by word_id")
    ]
    people = [
        clients.add_client(connection, NewClient(chat_id=chat, language="es")).client_id
        for chat in (1, 2)
    ]
    oracle: dict[int, Learner] = defaultdict(Learner)
    at = MONDAY
    for minutes, who, asked, backwards in history:
        at += timedelta(minutes=minutes)
        today = at.astimezone(ZoneInfo(ZONE)).date()
        if who is None:
            analytics.set_levels(connection, at, ZONE)
            for learner in oracle.values():
                learner.step(LEAST, today)
            continue
        told = practise(
            connection, people[who], [(ids[n], *rest) for n, *rest in asked], at, backwards
        )
        oracle[people[who]].quiz([one(asked) for one in told], WEIGHTS, today)
        oracle[people[who]].step(LEAST, today)
    return oracle


def practise(connection, client_id, asked, at, backwards):
    """A quiz whose answers come in either order, each of them twice; a second end changes nothing."""
    questions = [
        NewQuestion(
            word_id=word_id,
            direction=Direction.ES2RU,
            kind=QuestionKind.TYPED,
            prompt="?",
            expected=("!",),
        )
        for word_id, *_ in asked
    ]
    quiz = practice.start_quiz(connection, client_id, questions, at, ZONE)
    places = list(enumerate(asked, 1))
    told = []
    for number, (position, (_, verdict, hints)) in enumerate(
        reversed(places) if backwards else places
    ):
        if verdict is None:
            continue
        if hints:
            practice.note_hint(connection, quiz.activity_id, position)
        answer = Answer(text="x", verdict=verdict, at=at + timedelta(seconds=number))
        practice.note_answer(connection, quiz.activity_id, position, answer)
        practice.note_answer(connection, quiz.activity_id, position, answer)
        told.append(counted(answer, quiz.activity_id, position))
    for _ in range(2):
        practice.finish_quiz(connection, quiz.activity_id, at, ZONE)
    return told


def counted(answer, activity_id, position):
    """The answer as the oracle counts it, once it is told which word was asked."""

    def tell(asked) -> Told:
        level = LEVEL_OF[WORDS[asked[position - 1][0]][2]]
        return Told(answer.at, (activity_id, position), level, answer.verdict != "wrong")

    return tell


@given(history=histories)
def test_one_by_one_is_all_at_once_and_as_defined(school, history):
    """Answers in any order, repeated ones, left quizzes and updates of levels between them."""
    with school.database.connect() as connection, connection.transaction(force_rollback=True):
        oracle = play(connection, history)
        before = read(connection)
        analytics.recompute(connection, None, MONDAY, ZONE)
        assert read(connection) == before
        assert {one: stored(connection, one) for one in oracle} == {
            one: expected(learner) for one, learner in oracle.items()
        }


def expected(learner: Learner) -> tuple[object, ...]:
    """What the oracle says of a learner."""
    return (
        learner.rating,
        learner.level,
        learner.stepped,
        len(learner.answers),
        sum(one.right for one in learner.answers),
        learner.longest_streak(lambda at: at.astimezone(ZoneInfo(ZONE)).date()),
        learner.weights,
    )


def stored(connection, client_id: int) -> tuple[object, ...]:
    """What is stored of a learner."""
    return connection.execute(
        "select client_rating, level_id_current, level_changed_on, answers, right_answers,"
        " longest_streak_days, array(select quiz_weight from client_activity_log as q"
        " where q.client_id = a.client_id order by number)"
        " from client_analytics as a where client_id = %s",
        [client_id],
    ).fetchone()

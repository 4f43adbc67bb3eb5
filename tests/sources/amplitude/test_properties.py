"""What is answered is found in the properties of events, whatever stands there instead."""

from decimal import Decimal

import pytest

from .conftest import line


@pytest.mark.parametrize(
    ("written", "score"),
    [
        (0.25, Decimal("0.25")),
        ("0.1234565", Decimal("0.123456")),
        (1e3, None),
        ("NaN", None),
        ("Infinity", None),
        ("much", None),
        ("", None),
        ([1], None),
        (None, None),
    ],
)
def test_a_score_is_a_number_or_none(read, written, score):
    """What is no number of three digits before the point leaves the rest of the event as it is."""
    properties = {"quiz_id": "q1", "score": written, "is_correct": True}
    (fact,) = read(line(event_type="quiz_answer", event_properties=properties)).facts
    assert (fact["item_id"], fact["correct"], fact["score"]) == ("q1", True, score)


def test_only_answers_are_answers(read):
    """Another type of event with the same properties answers nothing, but has a course."""
    properties = {"quiz_id": "q1", "score": 1, "course_id": "X"}
    (fact,) = read(line(event_type="quiz_open", event_properties=properties)).facts
    assert (fact["item_id"], fact["score"], fact["course_id"]) == (None, None, "X")

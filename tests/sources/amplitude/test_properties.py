"""What is answered is found in the properties of events, whatever stands there instead."""

from decimal import Decimal

import pytest

from .conftest import line


@pytest.mark.parametrize(
    ("written", "score"),
    [
        (0.25, Decimal("0.25")),
        ("0.1234565", Decimal("0.123456")),
        (1, Decimal(1)),
        ("much", None),
        ("", None),
        ([1], None),
        (None, None),
    ],
)
def test_a_score_is_a_number_or_none(read, written, score):
    """What is no number leaves the rest of the event as it is."""
    properties = {"quiz_id": "q1", "score": written, "is_correct": True}
    (fact,) = read(line(event_type="quiz_answer", event_properties=properties)).facts
    assert (fact["item_id"], fact["correct"], fact["score"]) == ("q1", True, score)


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("score", 1.5, "out_of_range: score is not from 0 to 1: '1.5'"),
        ("score", "-0.5", "out_of_range: score is not from 0 to 1: '-0.5'"),
        ("score", 1e3, "out_of_range: score is not from 0 to 1: '1000.0'"),
        ("score", "NaN", "bad_number: score is not a number that fits: 'NaN'"),
        ("score", "Infinity", "bad_number: score is not a number that fits: 'Infinity'"),
        ("duration_s", -1, "out_of_range: duration_s is below 0: '-1'"),
        ("hints", "-2", "out_of_range: hints is below 0: '-2'"),
    ],
)
def test_an_answer_with_a_number_that_cannot_be_right_goes_to_quarantine(
    read, name, written, reason
):
    """With its place and bytes; the events around it stay, those that are no answers too."""
    good, other = (line(uuid=f"d0b5b3a6-2e3b-11eb-9a80-0a62134d514{n}") for n in "ab")
    bad = line(event_type="quiz_answer", event_properties={"quiz_id": "q1", name: written})
    done = read(b"\n".join([good, bad, other]))
    assert [fact["uuid"][-1] for fact in done.facts] == ["a", "b"]
    assert [(each.reason, each.raw) for each in done.broken] == [(reason, bad)]
    assert "record 2" in done.broken[0].place
    assert done.reading.counts.received == 3


def test_only_answers_are_answers(read):
    """Another type of event with the same properties answers nothing, but has a course."""
    properties = {"quiz_id": "q1", "score": 1, "course_id": "X"}
    (fact,) = read(line(event_type="quiz_open", event_properties=properties)).facts
    assert (fact["item_id"], fact["score"], fact["course_id"]) == (None, None, "X")

"""Every row of an answer is kept as it is, known as a twin, or kept aside with a reason."""

import json
from pathlib import Path

import pytest

from gradeline.base.errors import WrongAnswer
from gradeline.sources.grader.course_key import course_of

from .conftest import PASSBACK, ROW, USER

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "samples" / "grader"
SUBMIT = {**ROW, "attempt_type": "submit", "is_correct": 1}


def without(name):
    """A row that lacks a key."""
    return {key: value for key, value in ROW.items() if key != name}


def with_passback(**changes):
    """A row whose passback says something else."""
    return {**ROW, "passback_params": repr({"lis_result_sourcedid": "x", **changes})}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (ROW, {"user_id": USER, "attempt_type": "run", "is_correct": None, "oauth_consumer_key": ""}),
        (SUBMIT, {"attempt_type": "submit", "is_correct": True}),
        ({**SUBMIT, "is_correct": 0}, {"is_correct": False}),
        ({**SUBMIT, "is_correct": "1"}, {"is_correct": True}),
        ({**ROW, "passback_params": None}, {"lis_result_sourcedid": None}),
        ({**ROW, "passback_params": ""}, {"lis_result_sourcedid": None}),
        (without("passback_params"), {"lis_result_sourcedid": None, "oauth_consumer_key": None}),
        (without("is_correct"), {"is_correct": None}),
        (with_passback(), {"lis_outcome_service_url": None, "lis_result_sourcedid": "x"}),
        (with_passback(oauth_consumer_key=None, lis_outcome_service_url=17, again=True),
         {"oauth_consumer_key": None, "lis_outcome_service_url": "17"}),
        (with_passback(name="Анна О'Нил", custom=["a", {"b": 1}]), {"lis_result_sourcedid": "x"}),
        ({**ROW, "passback_params": {"lis_result_sourcedid": "y"}}, {"lis_result_sourcedid": "y"}),
        ({**ROW, "attempt_id": 71, "client": "s"}, {"user_id": USER}),
    ],
)  # fmt: skip
def test_a_row_is_kept_as_it_is(read, row, expected):
    """What can be understood is stored, nulls as nulls, whatever else the row holds."""
    (found,) = read(row).facts.to_pylist()
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (None, "not_an_object"), ("Traceback", "not_an_object"), ([], "not_an_object"),
        ({**ROW, "lti_user_id": None}, "missing"), (without("lti_user_id"), "missing"),
        ({**ROW, "lti_user_id": "3583bf10"}, "bad_id"), ({**ROW, "lti_user_id": 3583}, "bad_id"),
        ({**ROW, "attempt_type": "check"}, "bad_choice"), ({**ROW, "attempt_type": None}, "missing"),
        ({**SUBMIT, "is_correct": 2}, "bad_flag"), ({**SUBMIT, "is_correct": []}, "bad_flag"),
        ({**SUBMIT, "is_correct": None}, "contradiction"), ({**ROW, "is_correct": 0}, "contradiction"),
        (without("created_at"), "missing"), ({**ROW, "created_at": "31.05.2023 09:16"}, "bad_instant"),
        ({**ROW, "created_at": "2023-05-31 25:16:11"}, "bad_instant"),
        ({**ROW, "created_at": 1685524571}, "bad_instant"),
        ({**ROW, "created_at": "2023-05-31 11:16:11"}, "outside_window"),
        ({**ROW, "passback_params": "{'a': "}, "bad_passback"), ({**ROW, "passback_params": 5}, "bad_passback"),
        ({**ROW, "passback_params": "[" * 200 + "]" * 200}, "bad_passback"),
        ({**ROW, "passback_params": "__import__('os').getcwd()"}, "bad_passback"),
        (with_passback(lis_outcome_service_url=["x"]), "bad_passback"),
        (with_passback(lis_outcome_service_url="a\0b"), "bad_text"),
        (with_passback(lis_result_sourcedid="x" * 2000), "too_long"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_kept_goes_to_quarantine(read, row, reason):
    """It waits there whole, with its place and why; the rows beside it are stored."""
    found = read(SUBMIT, row)
    assert (found.reasons, found.facts.num_rows) == ([reason], 1)
    assert found.broken[0].place == "attempts.json, element 2"
    assert json.loads(found.broken[0].raw) == row


@pytest.mark.parametrize(
    "written", ["2023-05-31 09:16:11", "2023-05-31T09:16:11.0", "2023-05-31 09:16:11.000000Z"]
)
def test_an_instant_may_be_written_in_several_ways(read, written):
    """With or without microseconds, T and zone it is the same instant."""
    (found,) = read({**ROW, "created_at": written}).facts.to_pylist()
    assert found["created_at"].isoformat() == "2023-05-31T09:16:11"


def test_a_broken_row_spoils_no_other(read):
    """A text that is no Unicode breaks its own row alone."""
    found = read(text=f'[{json.dumps(ROW)}, {{"lti_user_id": "\\ud800"}}]')
    assert (found.reading.counts.stored, found.reasons) == (1, ["bad_json"])


def test_a_row_given_twice_is_stored_once(read):
    """An exact twin is known; one that says otherwise is kept aside."""
    found = read(SUBMIT, SUBMIT, {**SUBMIT, "is_correct": 0})
    assert (found.reading.counts.stored, found.reading.counts.already_there) == (1, 1)
    assert found.reasons == ["duplicate_key"]


def test_every_record_belongs_to_one_hour(read):
    """Both ends of an hour are sent: the one of its start is its own, that of its end the next's."""
    ends = [{**ROW, "created_at": f"2023-05-31 {hour}:00:00.000000"} for hour in ("09", "10")]
    found = read(*ends)
    assert (found.reading.counts.stored, found.reading.counts.already_there) == (1, 1)
    assert found.facts["created_at"][0].as_py().hour == 9


def test_the_order_of_rows_changes_nothing(read):
    """The contract promises none, so facts are the same in any."""
    rows = [{**ROW, "created_at": f"2023-05-31 09:16:1{n}"} for n in range(5)]
    one, other = read(*rows), read(*reversed(rows))
    assert one.facts.equals(other.facts)
    assert one.reading.checksum == other.reading.checksum


def test_the_law_holds(read):
    """Received is stored, there already and kept aside; nothing else."""
    reading = read(ROW, ROW, None, {**ROW, "created_at": "2023-05-31 10:00:00"}).reading
    assert (reading.counts.received, reading.counts.stored) == (4, 1)
    assert (reading.counts.already_there, reading.counts.quarantined) == (2, 1)


def test_an_hour_without_rows_is_read(read):
    """A quiet hour is an empty array, not an error."""
    assert read().reading.counts.received == 0


def test_a_field_that_no_row_has_is_a_changed_system(read):
    """Ten rows without an instant are no ten slips: the message says what they have instead."""
    rows = [{**without("created_at"), "at": n} for n in range(10)]
    with pytest.raises(WrongAnswer, match=r"no attempt has created_at; they have at, attempt_type"):
        read(*rows)


@pytest.mark.parametrize(
    "name", ["grader_sample_2025_3rows.json", "grader_sample_readme_2rows.json"]
)
def test_published_samples_are_understood(read, name):
    """Real rows name their user and their course."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here")
    rows = json.loads((SAMPLES / name).read_text())
    moved = [{**row, "created_at": f"2023-05-31 09{row['created_at'][13:]}"} for row in rows]
    found = read(*moved)
    assert (found.reading.counts.stored, found.reading.counts.quarantined) == (len(rows), 0)
    assert all(course.startswith("SkillFactory/DS") for course in found.reading.courses)


@pytest.mark.parametrize(
    ("sourced_id", "course"),
    [
        (f"course-v1:SF+DST+28FEB:lms.example.org-{'a' * 32}:{USER}", "SF/DST+28FEB"),
        (f"course-v1%3ASF%2BDST%2B28FEB:lms.example.org-{'a' * 32}:{USER}", "SF/DST+28FEB"),
        (f"SF/DST/28FEB:lms.example.org-{'a' * 32}:{USER}", "SF/DST+28FEB"),
        (f"course-v1:SF+DST+28FEB:lms.example.org:8443-{'a' * 32}:{USER}", None),
        ("x", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_sourced_id_names_a_course(sourced_id, course):
    """The organisation is the category; what names no course is of none."""
    assert course_of(sourced_id) == course


def test_passback_of_the_readme_is_read(read):
    """The consumer key is the empty text it is, the address and the id are whole."""
    (found,) = read(ROW).facts.to_pylist()
    assert found["lis_outcome_service_url"] == "https://lms.example.org/grade"
    assert found["lis_result_sourcedid"] in PASSBACK

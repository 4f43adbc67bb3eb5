"""The twin of the grader: its dirt, its bounds, real answers passed through."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from gradeline.sandbox import Pace, Request, named
from gradeline.sandbox.grader.rows import DIRT
from gradeline.sandbox.grader.twin import CLIENT, CLIENT_KEY, GraderTwin
from gradeline.sandbox.server.running import running

SPEED = 1000.0
FIELDS = {"lti_user_id", "passback_params", "is_correct", "attempt_type", "created_at"}


def address(start: str, end: str) -> str:
    """What is asked for that window."""
    asked = {"client": CLIENT, "client_key": CLIENT_KEY, "start": start, "end": end}
    return f"GET /grader/api/statistics?{urlencode(asked)}"


@pytest.fixture
def window(ask):
    """Gives the rows of a window."""
    return lambda start, end: ask(address(start, end)).json()


@pytest.mark.parametrize(
    ("sample", "start", "end"),
    [
        ("grader_sample_readme_2rows.json", "2023-05-31 09:16:11.313646", "2023-05-31 09:16:31"),
        ("grader_sample_2025_3rows.json", "2025-12-25 10:13:45.4", "2025-12-25 10:14:50.141405"),
    ],
)
def test_real_answers_pass_through_as_they_are(samples, school, raw, sample, start, end):
    """Rows of real schools come out with every field as it was."""
    rows = json.loads((samples / "grader" / sample).read_text("utf-8"))
    pace = Pace(speed=SPEED)
    with running([GraderTwin(school, pace, also=rows)], pace=pace) as there:
        got = raw(there.port)(address(start, end)).json()
    assert [row for row in got if row in rows] == rows


def test_made_rows_look_like_the_real_ones(samples, window):
    """The same fields, of the same types, with a passback of the same keys."""
    real = json.loads((samples / "grader" / "grader_sample_readme_2rows.json").read_text("utf-8"))
    made = window("2024-01-11 07:00:00", "2024-01-11 07:59:00")
    assert {tuple(row) for row in made} == {tuple(row) for row in real}
    assert {type(row["is_correct"]) for row in made} == {type(None), int}
    assert all(row["passback_params"].startswith("{'oauth_consumer_key': '', '") for row in made)


def test_a_window_asked_twice_gives_the_same(ask):
    """Byte for byte."""
    asked = address("2024-01-11", "2024-01-12")
    assert ask(asked).body == ask(asked).body


def test_a_day_is_its_hours_and_meets_twice_on_the_stroke(window):
    """Windows that touch share the row at the instant where they do."""
    hours = [
        window(f"2024-01-11 {h:02}:00:00", f"2024-01-11 {h + 1:02}:00:00") for h in range(9, 12)
    ]
    whole = window("2024-01-11 09:00:00", "2024-01-11 12:00:00")
    assert hours[0][-1] == hours[1][0]
    assert hours[0] + hours[1][1:] + hours[2][1:] == whole


def is_whole(row) -> bool:
    """Whether a row is an object with exactly the fields of the contract."""
    return isinstance(row, dict) and set(row) == FIELDS


SIGNS = {
    "1 passback null": lambda r: r["passback_params"] is None,
    "1 passback empty": lambda r: r["passback_params"] == "",
    "2 without address": lambda r: (
        (r["passback_params"] or "").endswith("'}") and "_url" not in r["passback_params"]
    ),
    "3 cut off": lambda r: (r["passback_params"] or "").endswith("lis_result_"),
    "3 too deep": lambda r: (r["passback_params"] or "").startswith("[["),
    "3 code": lambda r: (r["passback_params"] or "").startswith("__import__"),
    "5 no learner": lambda r: r["lti_user_id"] is None,
    "6 short learner": lambda r: isinstance(r["lti_user_id"], str) and len(r["lti_user_id"]) == 8,
    "6 number": lambda r: isinstance(r["lti_user_id"], int),
    "7 two": lambda r: r["is_correct"] == 2,
    "7 text": lambda r: r["is_correct"] == "1",
    "8 unknown": lambda r: r["attempt_type"] == "check",
    "8 null": lambda r: r["attempt_type"] is None,
    "9 no microseconds": lambda r: len(r["created_at"]) == len("2024-01-11 10:00:00"),
    "9 another form": lambda r: r["created_at"].startswith("11.01.2024"),
    "10 no strings": lambda r: "'again': True" in (r["passback_params"] or ""),
    "11 more keys": lambda r: "custom_component" in (r["passback_params"] or ""),
    "14 run marked": lambda r: r["attempt_type"] == "run" and r["is_correct"] is not None,
    "14 submit unmarked": lambda r: r["attempt_type"] == "submit" and r["is_correct"] is None,
}


@pytest.mark.parametrize(("case", "shows"), SIGNS.items())
def test_every_day_has_every_kind_of_wrong_row(case, shows, window):
    """Each case of the contract stands among the rows of any one day."""
    day = window("2024-01-11", "2024-01-12")
    assert sum(1 for row in day if is_whole(row) and shows(row)) in (1, 2)


def test_every_day_has_rows_of_other_shapes(window):
    """Rows that are no objects, lack a field, have more, or come twice."""
    day = window("2024-01-11", "2024-01-12")
    others = [row for row in day if not isinstance(row, dict)]
    assert sorted(map(str, others)) == ["None", "Traceback (most recent call last)", "[]"]
    lacking = {name for row in day if isinstance(row, dict) for name in FIELDS - set(row)}
    assert lacking == {"passback_params", "lti_user_id", "created_at"}
    assert [row for row in day if isinstance(row, dict) and set(row) > FIELDS]
    assert [row for row, following in pairwise(day) if row == following]


def test_wrong_rows_are_far_from_what_holds_a_slice(window):
    """On any day of a week they are fewer than four in a hundred."""
    for day in range(8, 15):
        rows = window(f"2024-01-{day:02}", f"2024-01-{day:02} 23:59:59.999999")
        assert len(DIRT) / len(rows) < 0.045


def test_nothing_comes_from_the_future(school, raw):
    """A window that is not over ends now."""
    pace = Pace(speed=SPEED)
    twin = GraderTwin(school, pace, today=lambda: datetime(2024, 1, 11, 10, 30, tzinfo=UTC))
    with running([twin], pace=pace) as there:
        rows = raw(there.port)(address("2024-01-11 10:00:00", "2024-01-11 11:00:00")).json()
    assert rows
    assert max(row["created_at"] for row in rows if is_whole(row)) < "2024-01-11 10:30:00"


@pytest.mark.parametrize(
    ("end", "least_s", "most_s"), [("2024-01-01T01", 0.1, 0.5), ("2024-03-01", 120, 600)]
)
def test_long_windows_take_minutes(school, end, least_s, most_s):
    """Two months take more than two minutes of life; an hour, a third of a second."""
    asked = {"client": CLIENT, "client_key": CLIENT_KEY, "start": "2024-01-01", "end": end}
    request = Request(method="GET", path="/api/statistics", query=tuple(asked.items()))
    assert least_s < GraderTwin(school).respond(request).wait_s < most_s


def test_trouble_may_come_with_status_200(sandbox, ask):
    """`errors-object` gives an object where an array is due."""
    sandbox.switch(named("errors-object", always=True))
    answer = ask(address("2024-01-11", "2024-01-12"))
    sandbox.switch(named())
    assert (answer.status, list(answer.json())) == (200, ["errors"])


def test_order_is_no_promise(sandbox, window):
    """`shuffled` gives the same rows in another order."""
    right = window("2024-01-11", "2024-01-12")
    sandbox.switch(named("shuffled", always=True))
    other = window("2024-01-11", "2024-01-12")
    sandbox.switch(named())
    assert other != right
    assert sorted(map(str, other)) == sorted(map(str, right))

"""What LearnWorlds may answer instead of data, and records that are not what they should be."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gradeline.base.errors import SourceRefused, SourceUnavailable, WrongAnswer
from gradeline.sources.learnworlds.api import join_path

RESPONSES = "responses/Mates/algebra"
USER = {"id": "a1", "email": "ana@example.org", "username": "Ana", "created": 1647005071}
RESPONSE = {
    "id": "r1",
    "user_id": "a1",
    "email": "ana@example.org",
    "grade": None,
    "passed": None,
    "created": 1647005071.976987,
    "modified": 1647005075,
    "submittedTimestamp": 1647005075.5,
    "answers": [],
}


def block(points, most=1, data=None) -> dict:
    """One answer of a response."""
    return {"blockId": "b", "points": points, "blockMaxScore": most, "answerData": data}


@pytest.mark.parametrize(
    ("status", "body", "error", "names"),
    [
        (401, {"errors": [{"code": 401, "context": "t", "message": "Invalid object ID"}], "success": False}, SourceRefused, "ACCESS_TOKEN"),
        (403, {"errors": [{"code": "403", "message": "access_denied"}], "success": False}, SourceRefused, "ACCESS_TOKEN"),
        (400, {"errors": [{"code": "400", "context": "client_id", "message": "Missing client_id"}]}, SourceRefused, "CLIENT_ID"),
        (404, {"error": "Sorry the resource your trying to access does not exist."}, WrongAnswer, "SCHOOL_DOMAIN"),
        (422, {"error": "You need to provide a valid product_type"}, WrongAnswer, "product_type"),
        (200, {"error": "Server Error"}, WrongAnswer, "Server Error"),
        (200, {"errors": [{"message": "no such school"}], "success": False}, WrongAnswer, "no such school"),
        (200, b"<!DOCTYPE html><html>Welcome</html>", WrongAnswer, "SCHOOL_DOMAIN"),
        (200, {"courses": []}, WrongAnswer, "SCHOOL_DOMAIN|report it"),
        (500, {"error": "Server Error", "statusCode": 500}, SourceUnavailable, "Server Error"),
        (302, b"", WrongAnswer, "SCHOOL_DOMAIN"),
    ],
)  # fmt: skip
def test_what_is_no_data_is_told_in_words(told, asking, status, body, error, names):
    """Each ends in an error that says what came and names the setting to fix."""
    told.says("/v2/courses", body, status)
    with pytest.raises(error, match=names):
        asking.plan()


def test_an_error_never_shows_the_token(told, open_client, tmp_path):
    """Even where a school sends it back."""
    told.says("/v2/courses", {"error": "what is secret-token-123?"}, 403)
    client = open_client(told.url, tmp_path, token="secret-token-123")
    with pytest.raises(SourceRefused) as caught:
        client.plan()
    assert "secret-token-123" not in str(caught.value)


def test_a_wrong_secret_names_its_setting(told, open_client, tmp_path):
    """No token is minted for it."""
    told.says("/oauth2/access_token", {"errors": [{"message": "invalid_client"}]}, 400)
    client = open_client(told.url, tmp_path, secret="wrong", token=None)
    with pytest.raises(SourceRefused, match="CLIENT_SECRET"):
        client.plan()


def test_users_not_found_is_an_empty_course(told, asking):
    """Some lists answer 404 in these words where nobody is in them."""
    told.says("/v2/courses/algebra/users", {"error": "Users not found"}, 404)
    planned = asking.plan()["users/Mates/algebra"]
    assert asking.fetch_slice(planned, asking.home) == []


def test_a_list_that_never_ends_is_ended(told, asking):
    """A count of pages that cannot be true stops after pages without anything new."""
    told.lists("/v2/courses/algebra/users", USER, pages=10**9)
    told.lists("/v2/users/a1/courses")
    assert asking.read(asking.plan()["users/Mates/algebra"]).reading.counts.stored == 1
    assert told.asked.count("/v2/courses/algebra/users") < 20


def test_the_last_page_is_not_read_again(told, asking):
    """One page is one question."""
    told.lists("/v2/courses/algebra/users", USER)
    told.lists("/v2/users/a1/courses")
    asking.read(asking.plan()["users/Mates/algebra"])
    assert told.asked.count("/v2/courses/algebra/users") == 1


@pytest.mark.parametrize("data", [None, {"downloads": []}, [{"downloads": []}], "text", 7])
def test_answer_data_may_be_anything(told, asking, data):
    """Object as in the example, array as in the schema, null, or what comes next year."""
    told.lists("/v2/assessments/u1/responses", {**RESPONSE, "answers": [block(1, data=data)]})
    assert asking.read(asking.plan()[RESPONSES]).reading.counts.stored == 1


def test_times_are_kept_to_the_microsecond(told, asking):
    """Whole seconds and fractions alike."""
    told.lists("/v2/assessments/u1/responses", RESPONSE)
    (row,) = asking.read(asking.plan()[RESPONSES]).facts.to_pylist()
    assert row["created_at"] == datetime(2022, 3, 11, 13, 24, 31, 976987, tzinfo=UTC)
    assert row["modified_at"] == datetime(2022, 3, 11, 13, 24, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("response", "score"),
    [
        ({"grade": 50}, "0.5"),
        ({"grade": 52.00}, "0.52"),
        ({"grade": 0, "answers": [block(1)]}, "0"),
        ({"answers": [block(1), block(0, 3)]}, "0.25"),
        ({"answers": [block(1), block(None, 3)]}, None),
        ({"answers": [block(5, 3)]}, "1"),
        ({"answers": None}, None),
    ],
)
def test_a_score_comes_from_the_grade_else_from_points(told, asking, response, score):
    """While a block waits for its points the score is unknown."""
    told.lists("/v2/assessments/u1/responses", {**RESPONSE, **response})
    (row,) = asking.read(asking.plan()[RESPONSES]).facts.to_pylist()
    assert row["score"] == (None if score is None else Decimal(score))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"user_id": None}, "bad_field"),
        ({"user_id": ""}, "missing: user_id"),
        ({"grade": 120}, "bad_number"),
        ({"grade": "A+"}, "bad_field"),
        ({"grade": -1}, "bad_number"),
        ({"grade": "NaN"}, "bad_number"),
        ({"grade": "Infinity"}, "bad_number"),
        ({"answers": [block(-1)]}, "bad_number"),
        ({"answers": [block("NaN")]}, "bad_number"),
        ({"answers": [block("sNaN")]}, "bad_number"),
        ({"answers": [block("Infinity")]}, "bad_number"),
        ({"answers": [block(1, "Infinity")]}, "bad_number"),
        ({"answers": [block(1, "NaN")]}, "bad_number"),
        ({"answers": [block(1, -2)]}, "bad_number"),
        ({"submittedTimestamp": 1647005075000}, "bad_time"),
        ({"submittedTimestamp": -1}, "bad_time"),
        ({"email": "a\0b"}, "bad_text"),
        ({"id": 7}, "bad_field"),
    ],
)
def test_a_record_not_understood_is_told_by_its_reason(told, asking, change, reason):
    """It goes to quarantine with its place and bytes; the others stay."""
    broken = {**RESPONSE, "id": "r2", **change}
    told.lists("/v2/assessments/u1/responses", RESPONSE, broken)
    read = asking.read(asking.plan()[RESPONSES])
    assert (
        read.reading.counts.received,
        read.reading.counts.stored,
        read.reading.counts.quarantined,
    ) == (2, 1, 1)
    assert read.broken[0].reason.startswith(reason)
    assert b'"assessment":"u1"' in read.broken[0].raw


def test_a_course_not_understood_leaves_the_others(told, asking):
    """One strange course in the list is quarantined."""
    told.lists("/v2/courses", {"id": "algebra"}, {"id": "b", "categories": "Mates"})
    read = asking.read(asking.plan()["courses/all"])
    assert (read.reading.counts.stored, read.reading.counts.quarantined) == (1, 1)


def test_a_signature_is_cut_however_slashes_are_written(told, asking):
    """Links in JSON may have their slashes escaped."""
    url = b'{"data":[{"id":"r1","user_id":"a1","url":"https:\\/\\/f.org\\/a.pdf?sv=1&sig=S"}],'
    told.says("/v2/assessments/u1/responses", url + b'"meta":{"totalPages":1}}')
    (raw,) = asking.read(asking.plan()[RESPONSES]).raws
    assert b'https:\\/\\/f.org\\/a.pdf"' in raw


def test_a_long_answer_of_links_takes_no_longer_than_reading_it(told, asking):
    """A learner may write anything: links without end are kept, and end soon."""
    answer = b"http://a?" * 50_000
    body = b'{"data":[{"id":"r1","user_id":"a1","url":"' + answer + b'"}],'
    told.says("/v2/assessments/u1/responses", body + b'"meta":{"totalPages":1}}')
    (raw,) = asking.read(asking.plan()[RESPONSES]).raws
    assert answer in raw


@pytest.mark.parametrize("part", [".", ".."])
def test_an_id_that_would_be_another_path_is_refused(part):
    """No id leads a request, with the school's key in it, to another place."""
    with pytest.raises(WrongAnswer, match="which no path can hold"):
        join_path("users", part, "courses")
    assert join_path("users", "a/../b", "courses") == "users/a%2F..%2Fb/courses"

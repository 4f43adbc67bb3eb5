"""The twin of LearnWorlds: its answers, its pages, its limit, its tokens."""

from collections import Counter

import pytest

from gradeline.sandbox import Pace, most_within, named
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.server.running import running

RECORDS = {
    "/v2/courses": "/v2/courses",
    "/v2/courses/{id}": "/v2/courses/obshchestvo-i-dannye-2014",
    "/v2/courses/{id}/users": "/v2/courses/sociedad-y-datos-2013/users?items_per_page=200",
    "/v2/courses/{id}/contents": "/v2/courses/sociedad-y-datos-2013/contents",
    "/v2/courses/{id}/grades": "/v2/courses/obshchestvo-i-dannye-2014/grades?items_per_page=200",
    "/v2/assessments/{id}/responses": "/v2/assessments/{unit}/responses?items_per_page=200",
    "/v2/users": "/v2/users?items_per_page=200&include_suspended=true",
    "/v2/users/{id}": "/v2/users/learner53025%40example.org",
    "/v2/users/{id}/courses": "/v2/users/learner53025%40example.org/courses",
    "/v2/users/{id}/progress": "/v2/users/learner53025%40example.org/progress",
    "/v2/users/{id}/courses/{cid}/progress": (
        "/v2/users/learner53025%40example.org/courses/sociedad-y-datos-2013/progress"
    ),
    "/v2/event-logs": "/v2/event-logs",
}


@pytest.fixture(scope="module")
def described(samples):
    """The vendor's own description of the API."""
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load((samples / "learnworlds" / "openapi-v2.yaml").read_text("utf-8"))


@pytest.fixture
def unit(school) -> str:
    """An assessment with responses."""
    return school.courses[0].items[0].object_id


@pytest.fixture
def get(ask, lets_in):
    """Gives the JSON below an address of the twin."""
    return lambda path: ask(f"GET /learnworlds{path}", *lets_in).json()


def as_described(record):
    """The record without what the contract has and the vendor's schema does not (§3.5)."""
    if isinstance(record, list):
        return [as_described(each) for each in record]
    if not isinstance(record, dict):
        return record
    known = {key: as_described(value) for key, value in record.items()}
    if isinstance(known.get("answerData"), dict):  # an array there, an object in its example
        known["answerData"] = [known["answerData"]]
    for name in ("tags", "id"):  # null where there are none; units that are no page
        if name in known and known[name] is None:
            del known[name]
    return known


@pytest.mark.parametrize(("described_as", "asked"), RECORDS.items())
def test_answers_are_as_the_vendor_describes_them(described_as, asked, described, get, unit):
    """Each answer is valid by the vendor's OpenAPI description."""
    validation = pytest.importorskip("openapi_schema_validator")
    answers = described["paths"][described_as]["get"]["responses"]["200"]["content"]
    schema = {**answers["application/json"]["schema"], "components": described["components"]}
    validator = validation.OAS31Validator(schema)
    assert list(validator.iter_errors(as_described(get(asked.replace("{unit}", unit))))) == []


def test_the_first_page_of_a_long_list_shifts_while_it_is_read(school, raw, lets_in):
    """Who only turns pages meets one user twice and misses the one who came meanwhile."""
    with running([LearnWorldsTwin(school, Pace(speed=50))], pace=Pace(speed=50)) as there:
        ask = raw(there.port)
        pages = [
            ask(f"GET /learnworlds/v2/users?items_per_page=100&page={n}", *lets_in).json()
            for n in (1, 2, 3, 1)
        ]
    ids = [[user["id"] for user in page["data"]] for page in pages]
    turned = Counter(ids[0] + ids[1] + ids[2])
    assert sorted(turned.values())[-2:] == [1, 2]
    assert set(ids[3]) - set(turned) == {ids[3][0]}


def test_a_page_too_high_is_the_last_one_again(get):
    """Except for progress, the list never ends by itself."""
    last = get("/v2/event-logs?page=9999")
    assert last["meta"]["page"] == last["meta"]["totalPages"] > 20
    assert last["data"] == get(f"/v2/event-logs?page={last['meta']['totalPages']}")["data"] != []


def test_suspended_people_are_hidden(get):
    """They come only to who asks for them, and their grades are there all the same."""
    shown = {user["id"] for user in get("/v2/users?items_per_page=200&page=2")["data"]}
    shown |= {user["id"] for user in get("/v2/users?items_per_page=200")["data"]}
    suspended = {user["id"] for user in get("/v2/users?status=suspended")["data"]}
    graded = {
        g["user_id"]
        for g in get("/v2/courses/sociedad-y-datos-2013/grades?items_per_page=200")["data"]
    }
    assert suspended
    assert not suspended & shown
    assert suspended & graded


def test_the_responses_of_one_course_are_closed(school, ask, lets_in):
    """Its assessments answer 404 although they exist, as on schools where nobody opened them."""
    closed = school.courses[1].items[0].object_id
    assert ask(f"GET /learnworlds/v2/assessments/{closed}/responses", *lets_in).status == 404


def test_instants_are_floats_and_whole_numbers(get):
    """Unix seconds with microseconds, and without a point where there are none."""
    kinds = {type(g["created"]) for g in get("/v2/courses/sociedad-y-datos-2013/grades")["data"]}
    assert kinds == {int, float}


def test_answer_data_has_all_three_shapes(get, unit):
    """An object, an array, and nothing."""
    found = get(f"/v2/assessments/{unit}/responses?items_per_page=200")["data"]
    kinds = {type(block["answerData"]) for each in found for block in each["answers"]}
    assert kinds == {dict, list, type(None)}


def test_the_thirty_first_request_in_ten_seconds_is_refused(school, raw, lets_in):
    """At speed 1, thirty pass and the next one does not."""
    with running([LearnWorldsTwin(school)]) as there:
        ask = raw(there.port)
        answers = [ask("GET /learnworlds/v2/courses/statistika-2015", *lets_in) for _ in range(31)]
        seen = most_within(there.journal.entries("learnworlds"), 10)
    assert [answer.status for answer in answers] == [200] * 30 + [429]
    assert answers[-1].body == b'{"error": "Too many requests"}'
    assert seen == 31


@pytest.fixture
def minted(raw, school):
    """A twin at a speed of a million, whose token lives eight milliseconds; asks with it."""
    pace = Pace(speed=1_000_000)
    with running([LearnWorldsTwin(school, pace)], pace=pace) as there:
        ask, client = raw(there.port), "Lw-Client: sandbox-client-id"
        form = "client_id=sandbox-client-id&client_secret=sandbox-learnworlds-secret-b81e"
        body = f"{form}&grant_type=client_credentials"
        token = ask("POST /learnworlds/oauth2/access_token", client, body=body).json()
        bearer = f"Authorization: Bearer {token['tokenData']['access_token']}"
        yield there, lambda: ask("GET /learnworlds/v2/courses", client, bearer)


def test_a_token_ends(minted):
    """After its life it is refused with 401."""
    _, ask = minted
    assert [ask().status for _ in range(30)][-1] == 401


def test_a_token_is_taken_back_before_its_time(school, raw):
    """The fault `expired` ends a token that has served, and the next one serves."""
    twin = LearnWorldsTwin(school)
    with running([twin]) as there:
        there.switch(named("expired", always=True))
        ask, client = raw(there.port), "Lw-Client: sandbox-client-id"
        form = "client_id=sandbox-client-id&client_secret=sandbox-learnworlds-secret-b81e"
        statuses = []
        for _ in range(2):
            body = f"{form}&grant_type=client_credentials"
            token = ask("POST /learnworlds/oauth2/access_token", client, body=body).json()
            bearer = f"Authorization: Bearer {token['tokenData']['access_token']}"
            statuses += [
                ask("GET /learnworlds/v2/courses", client, bearer).status for _ in "12345678"
            ]
    assert statuses == [200] * 5 + [401] * 3 + [200] * 5 + [401] * 3


def test_the_system_fails_in_both_its_shapes(sandbox, ask, lets_in):
    """`server-error` gives 500 with and without a statusCode."""
    sandbox.switch(named("server-error", always=True))
    bodies = {ask("GET /learnworlds/v2/courses", *lets_in).body for _ in range(2)}
    sandbox.switch(named())
    assert bodies == {
        b'{"error": "Server Error"}',
        b'{"error": "Something went wrong", "statusCode": 500}',
    }

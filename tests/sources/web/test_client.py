"""An answer is whole or it is none, however the line behaves."""

import logging
from pathlib import Path
from threading import Timer

import pytest

from gradeline.base.errors import (
    SourceError,
    SourceRefused,
    SourceUnavailable,
    WrongAnswer,
    WrongSetting,
)
from gradeline.sandbox import TRANSPORT, Response, named
from gradeline.sandbox.faults.draw import CONNECTION_FAULTS
from gradeline.sources.web.client import Host, HttpClient, Request, RequestPolicy, twin_url

from .conftest import BIG, RECORDS, SECRET


def is_json(answer):
    """What a source checks of an answer in memory."""
    answer.json()


@pytest.mark.parametrize("fault", sorted(TRANSPORT))
def test_a_patient_client_gets_the_whole_answer(sandbox, client, fault):
    """Whatever fault the connection has once or twice, the records arrive as they are."""
    sandbox.switch(named(fault))
    answer = client().send(Request(path="/records", check=is_json))
    assert answer.json() == RECORDS


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("fault", sorted(CONNECTION_FAULTS))
def test_a_download_is_whole_or_none(sandbox, client, tmp_path, fault, place):
    """Wherever in the answer the fault strikes, the file holds every byte."""
    sandbox.switch(named(fault, place=place))
    client().download(Request(path="/big"), tmp_path / "big")
    assert (tmp_path / "big").read_bytes() == BIG


@pytest.mark.parametrize("fault", sorted(set(TRANSPORT) - {"delay", "drip"}))
def test_a_system_that_never_recovers_is_given_up(sandbox, client, tmp_path, fault):
    """After its tries the client says so, and no file is left that could be taken for whole."""
    if fault.startswith("gzip"):
        pytest.skip("what does not compress is not damaged by it")
    sandbox.switch(named(fault, always=True))
    with pytest.raises((SourceUnavailable, WrongAnswer), match="The toy"):
        client(tries=3, silence_s=100).download(Request(path="/big"), tmp_path / "big")
    assert not (tmp_path / "big").exists()
    assert len(sandbox.journal.entries()) == 3


@pytest.mark.parametrize("speed", [20.0])
def test_a_drip_is_given_up_long_before_its_end(sandbox, client):
    """Thirty seconds of drops are not waited for: the rate decides."""
    sandbox.switch(named("drip", always=True))
    with pytest.raises(SourceUnavailable, match="too slowly"):
        client(tries=1, silence_s=20).send(Request(path="/records"))


def test_a_question_ends_by_its_deadline(sandbox, client):
    """A second try is cut off by the deadline, and a hundred are not made."""
    sandbox.switch(named("black-hole", always=True))
    with pytest.raises(SourceUnavailable):
        client(tries=100, silence_s=30, deadline_s=40).send(Request(path="/records"))
    assert len(sandbox.journal.entries()) <= 2


@pytest.mark.parametrize("fault", ["too-many-absurd", "too-many-negative"])
def test_an_absurd_wait_is_bounded(sandbox, client, fault):
    """Thirty years become the longest wait there is, and less than nothing a short one."""
    sandbox.switch(named(fault))
    assert client(max_wait_s=10).send(Request(path="/records")).json() == RECORDS


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_names_the_setting_and_is_not_repeated(toy, sandbox, client, status):
    """A wrong key is asked once and the person is told which setting to fix."""
    toy.says["/records"] = Response(status=status, body=b"Invalid API Key")
    with pytest.raises(SourceRefused, match=r"Invalid API Key.* Correct TOY_KEY"):
        client().send(Request(path="/records"))
    assert len(sandbox.journal.entries()) == 1


def test_a_status_the_source_wants_is_given_to_it(toy, client, tmp_path):
    """A 404 that means something comes back with its body, and makes no file."""
    toy.says["/gone"] = Response(status=404, body=b"Raw data files were not found.")
    call = Request(path="/gone", statuses=frozenset({200, 404}))
    answer = client().download(call, tmp_path / "gone")
    assert (answer.status, answer.text) == (404, "Raw data files were not found.")
    assert not (tmp_path / "gone").exists()


def test_an_answer_of_the_wrong_kind_is_said(toy, client):
    """A status that nobody expects is no data and is not asked for again."""
    toy.says["/records"] = Response(status=400, body=b"unknown field: evnt_name")
    with pytest.raises(WrongAnswer, match=r"answered 400: unknown field: evnt_name.*TOY_URL"):
        client().send(Request(path="/records"))


def test_what_a_source_cannot_use_is_asked_again_then_passed_on(sandbox, toy, client):
    """An error object with status 200 is no data, however often it comes."""
    toy.says["/records"] = Response(body=b'{"errors": "later"}')

    def is_list(answer):
        if not isinstance(answer.json(), list):
            raise WrongAnswer("It is no list.")

    with pytest.raises(WrongAnswer, match=r"The toy .*: It is no list"):
        client(tries=3).send(Request(path="/records", check=is_list))
    assert len(sandbox.journal.entries()) == 3


def test_no_redirect_is_followed(sandbox, toy, client):
    """A key goes only to the machine that settings name."""
    elsewhere = (("Location", f"{sandbox.url}/toy/other"),)
    toy.says["/records"] = Response(status=302, headers=elsewhere)
    with pytest.raises(WrongAnswer, match="redirects"):
        client().send(Request(path="/records"))
    assert [entry.path for entry in sandbox.journal.entries()] == ["/records"]


def test_a_body_longer_than_allowed_is_refused(toy, client):
    """A small gzip that unfolds to more than the call takes is left at the bound."""
    toy.says["/records"] = Response(body=b"[" + b" " * 2_000_000 + b"]")
    with pytest.raises(WrongAnswer, match="longer than 1000000 bytes"):
        client(tries=1).send(Request(path="/records", max_bytes=1_000_000))


@pytest.mark.parametrize("key", ["ключ", "line\nX-Admin: yes", "a\tb"])
def test_a_key_that_no_header_can_hold_names_its_setting(toy, client, key):
    """A key copied with a letter of another alphabet is no stack trace, and its value is not said."""
    with pytest.raises(
        WrongSetting, match="has characters that no HTTP header can hold"
    ) as refused:
        client().send(Request(path="/records", headers={"Authorization": f"Bearer {key}"}))
    assert key not in str(refused.value)


def test_no_secret_is_in_a_message_or_a_log(toy, client, caplog):
    """Neither what a system echoes nor what libraries log shows a key, in any spelling."""
    toy.says["/records"] = Response(status=400, body=f"no client {SECRET}".encode())
    with caplog.at_level(logging.DEBUG), pytest.raises(SourceError) as caught:
        client().send(Request(path="/records", params=[("key", SECRET)]))
    told = f"{caught.value} {caught.value!r} {caplog.text}"
    assert "s3cret" not in told
    assert "***" in told


@pytest.mark.parametrize("speed", [1.0])
def test_stopping_ends_a_wait_at_once(sandbox, client):
    """A run that is stopped sits out no silence of a system, a minute of life, and asks no more."""
    sandbox.switch(named("black-hole", always=True))
    web = client(silence_s=1000)
    Timer(0.3, web.stop).start()
    with pytest.raises(SourceUnavailable, match="stopped"):
        web.send(Request(path="/records"))
    assert len(sandbox.journal.entries()) <= 1


def test_nobody_listens(tmp_path):
    """A machine that takes no connection is away, and said to be so."""
    host = Host(name="It", url="http://127.0.0.1:9", address_setting="A", key_settings="K")
    with pytest.raises(SourceUnavailable, match="no connection"):
        HttpClient(host, RequestPolicy(tries=2, speed=100), tmp_path).send(Request())


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://127.0.0.1/", "example.org", "https://x/?key=1", ""]
)
def test_a_key_is_sent_to_no_open_address(url):
    """Only https, or this machine itself, may see a key; a query does not belong in a setting."""
    host = Host(name="It", url=url, address_setting="ITS_URL", key_settings="K")
    with pytest.raises(WrongSetting, match="ITS_URL"):
        HttpClient(host, RequestPolicy(), Path())


def test_a_sandbox_is_on_this_machine():
    """SANDBOX_URL cannot lead keys away."""
    assert twin_url("http://127.0.0.1:8/", "grader/x") == "http://127.0.0.1:8/grader/x"
    with pytest.raises(WrongSetting, match="SANDBOX_URL"):
        twin_url("http://example.org", "grader")

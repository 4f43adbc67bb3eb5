"""Addresses of a bucket: as Amazon's own library signs them, and as a server checks them."""

from __future__ import annotations

import hashlib
import hmac
import random
import threading
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

import botocore.auth
import httpx2
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from tests.s3_server import bucket, s3_endpoint, s3_options  # noqa: F401 - fixtures

from gradeline.base.errors import LakeError
from gradeline.lake import open_lake

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
OPTIONS = {
    "endpoint": "http://127.0.0.1:9000",
    "region": "eu-west-1",
    "access_key_id": "AKIDEXAMPLE",
    "secret_access_key": SECRET,
}
#: What a key may hold beside letters.
SIGNS = "abcXYZ019-_.~ ()!'+=&$@,;áñéßжяЖ中漢🙂"
LIFE = timedelta(minutes=5)


def lake(**changed: str):
    """A lake in a bucket, which no test asks for anything."""
    return open_lake("s3://school/data", options=OPTIONS | changed)


def by_botocore(url: str, monkeypatch) -> str:
    """The signature that Amazon's library gives for the same object and instant."""
    asked = dict(parse_qsl(urlsplit(url).query))
    at = datetime.strptime(asked["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_: at)
    request = AWSRequest("GET", url.partition("?")[0])
    login = Credentials(OPTIONS["access_key_id"], SECRET)
    botocore.auth.S3SigV4QueryAuth(login, "s3", "eu-west-1", expires=300).add_auth(request)
    return dict(parse_qsl(urlsplit(request.url).query))["X-Amz-Signature"]


def test_addresses_are_signed_as_amazons_library_signs_them(monkeypatch):
    """Of 200 random keys."""
    draw, opened = random.Random(20261201), lake()
    different = []
    for number in range(200):
        name = "".join(draw.choices(SIGNS, k=draw.randint(1, 40))).strip(" .")
        key = f"exports/{number}/{name}x"
        url = opened.sign(key, LIFE)
        assert urlsplit(url).path == quote(f"/school/data/{key}", safe="/~")
        signature = dict(parse_qsl(urlsplit(url).query))["X-Amz-Signature"]
        different += [key] if signature != by_botocore(url, monkeypatch) else []
    assert different == []


def recomputed(host: str, target: str) -> bool:
    """Whether the signature of a request is right, step by step as Amazon documents it."""
    path, _, query = target.partition("?")
    asked = dict(parse_qsl(query, keep_blank_values=True))
    signature = asked.pop("X-Amz-Signature", "")
    _, day, region, service, ending = asked.get("X-Amz-Credential", "////").split("/")
    pairs = sorted((quote(n, safe="~"), quote(v, safe="~")) for n, v in asked.items())
    canonical = "&".join(f"{name}={value}" for name, value in pairs)
    request = f"GET\n{path}\n{canonical}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    scope = f"{day}/{region}/{service}/{ending}"
    hashed = hashlib.sha256(request.encode()).hexdigest()
    text = "\n".join(["AWS4-HMAC-SHA256", asked.get("X-Amz-Date", ""), scope, hashed])
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, service, ending, text):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.compare_digest(key.hex(), signature)


@pytest.fixture
def guard():
    """A store that recomputes each signature: 200 where it is right, else 403."""

    class Guard(BaseHTTPRequestHandler):
        """The store."""

        def do_GET(self) -> None:
            """Look at the signature alone."""
            self.send_response(200 if recomputed(self.headers["Host"], self.path) else 403)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep links out of the test's output."""

    with HTTPServer(("127.0.0.1", 0), Guard) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def status(url: str) -> int:
    """What the store answers to a link, which is sent as it is."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse().status
    connection.close()
    return answer


def test_a_store_takes_the_address_and_no_other(guard):
    """Another object, a longer life and a later instant are refused."""
    url = lake(endpoint=guard).sign("exports/1/отчёт (1)+.csv", LIFE)
    others = [("exports/1", "exports/2"), ("Expires=300", "Expires=604800"), ("Z&X-", "Y&X-")]
    assert status(url) == 200
    assert {status(url.replace(*change)) for change in others} == {403}


def test_an_address_gives_the_object(bucket: str, s3_options: dict[str, str]) -> None:  # noqa: F811
    """Whoever has it needs no key of the store."""
    opened = open_lake(f"s3://{bucket}", options=s3_options)
    opened.replace("export/Группа A.csv", b"content")
    assert httpx2.get(opened.sign("export/Группа A.csv", LIFE)).content == b"content"


def test_a_folder_has_no_addresses(tmp_path) -> None:
    """It is asked for nothing that it cannot do."""
    with pytest.raises(LakeError, match="Only a bucket"):
        open_lake(f"file:{tmp_path}").sign("a", LIFE)


def test_no_address_works_longer_than_a_week():
    """Stores refuse more; and no time at all is a mistake."""
    for life in (timedelta(days=7, seconds=1), timedelta(0)):
        with pytest.raises(ValueError, match="seven days"):
            lake().sign("a", life)
    assert "X-Amz-Expires=604800&" in lake().sign("a", timedelta(days=7))

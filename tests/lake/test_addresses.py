"""Addresses of a bucket: signed as Amazon's own library signs, and good for the object alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit

import botocore.auth
import httpx2
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from tests.s3_server import SECRET, bucket, s3_endpoint, s3_options  # noqa: F401 - fixtures

from gradeline.base.errors import LakeError
from gradeline.lake import Lake, open_lake

MINUTES = timedelta(minutes=5)
SIGNS = "abcXYZ019 -_.()!'+=&$@,;áñжß漢🙂"


@pytest.fixture
def lake(bucket: str, s3_options: dict[str, str]) -> Lake:  # noqa: F811
    """A lake in a new bucket."""
    return open_lake(f"s3://{bucket}", options=s3_options)


def by_botocore(url: str, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    """The signature that Amazon's library gives the same address at that moment."""
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_a, **_k: moment)
    request = AWSRequest(method="GET", url=url.partition("?")[0])
    signer = S3SigV4QueryAuth(Credentials("key", SECRET), "s3", "us-east-1", expires=300)
    signer.add_auth(request)
    return parse_qs(urlsplit(request.url).query)["X-Amz-Signature"][0]


def test_two_hundred_names_are_signed_as_by_botocore(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names with blanks, signs and letters of any script."""
    dice = Random(14)
    names = ["a" + "".join(dice.choices(SIGNS, k=dice.randint(1, 20))) + "b" for _ in range(200)]
    wrong = []
    for name in names:
        url = lake.sign(f"export/{name}", MINUTES)
        asked = parse_qs(urlsplit(url).query)
        moment = datetime.strptime(asked["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        wrong += [name] * (asked["X-Amz-Signature"][0] != by_botocore(url, moment, monkeypatch))
    assert wrong == []


def test_an_address_gives_the_object(lake: Lake) -> None:
    """Whoever has it needs no key of the store."""
    lake.replace("export/Группа A.csv", b"content")
    assert httpx2.get(lake.sign("export/Группа A.csv", MINUTES)).content == b"content"


def test_a_folder_has_no_addresses(tmp_path) -> None:
    """It is asked for nothing that it cannot do."""
    with pytest.raises(LakeError, match="Only a bucket"):
        open_lake(f"file:{tmp_path}").sign("a", MINUTES)

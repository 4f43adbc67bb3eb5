"""Which lake a URL and its options open, and the errors if they cannot work."""

from __future__ import annotations

import logging
import socket
import traceback
from pathlib import Path
from threading import Thread

import boto3
import pytest

from gradeline.base.errors import GradelineError, LakeError, ObjectMissing, WrongSetting
from gradeline.lake import Lake, open_lake

SECRET = "another-secret-nobody-may-see"
KEYS = {"access_key_id": "key", "secret_access_key": SECRET}


@pytest.mark.parametrize("url", ["ftp://x", "", "data", "s3:", "s3://", "file:", "s3://k:s@b/x"])
def test_a_url_that_names_no_store_is_a_wrong_setting(url: str) -> None:
    """What cannot be a lake is refused before anything is opened, naming the setting."""
    with pytest.raises(WrongSetting, match="LAKE_URL"):
        open_lake(url)


@pytest.mark.parametrize("form", ["file:{}", "file://{}"])
def test_a_folder_is_opened_by_path_or_url(tmp_path: Path, form: str) -> None:
    """Both ways to write a folder's URL open it, spaces and all; it is made where missing."""
    lake = open_lake(form.format(tmp_path / "mi escuela"))
    lake.replace("reports/x", b"1")
    assert (tmp_path / "mi escuela/reports/x").read_bytes() == b"1"


def test_a_relative_folder_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`file:data` is under the folder of the command, wherever the process goes later."""
    monkeypatch.chdir(tmp_path)
    lake = open_lake("file:data")
    monkeypatch.chdir("/")
    lake.replace("reports/x", b"1")
    assert (tmp_path / "data/reports/x").exists()


def test_keys_in_a_bucket_lie_under_data(bucket: str, s3_options: dict[str, str]) -> None:
    """A bucket keeps the prefix that people know from `./data`, or the one its URL names."""
    open_lake(f"s3://{bucket}", options=s3_options).put_new("lake/x", b"1")
    open_lake(f"s3://{bucket}/school-a/data", options=s3_options).put_new("lake/x", b"2")
    client = boto3.client(
        "s3",
        endpoint_url=s3_options["endpoint"],
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key=s3_options["secret_access_key"],
    )
    found = client.list_objects_v2(Bucket=bucket)["Contents"]
    client.close()
    assert [one["Key"] for one in found] == ["data/lake/x", "school-a/data/lake/x"]


def test_a_bucket_that_is_not_there_is_named(s3_options: dict[str, str]) -> None:
    """Writing to a bucket nobody made says so; it is not a missing object."""
    lake = open_lake("s3://nobody-made-this", options=s3_options)
    with pytest.raises(LakeError, match="s3://nobody-made-this/data does not exist") as caught:
        lake.replace("lake/x", b"1")
    assert not isinstance(caught.value, ObjectMissing)


def test_a_refusal_is_said_with_the_settings_to_check() -> None:
    """What a store answers with 403 names the keys' settings, and the store's own code."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answering = Thread(target=answer_forbidden, args=[server])
        answering.start()
        lake = open_lake("s3://school", options=KEYS | {"endpoint": f"http://127.0.0.1:{port}"})
        with pytest.raises(LakeError, match=r"refuses access.*InvalidAccessKeyId.*SECRET_ACCESS"):
            lake.get("lake/x")
        answering.join()


def answer_forbidden(server: socket.socket) -> None:
    """Answer one request as S3 does to a wrong key."""
    connection, _ = server.accept()
    connection.recv(65536)
    body = b"<Error><Code>InvalidAccessKeyId</Code></Error>"
    head = f"HTTP/1.1 403 Forbidden\r\ncontent-length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)
    connection.close()


def test_a_store_that_is_away_is_said_to_be_so() -> None:
    """Where no server answers, tries end, and the message names the endpoint's setting."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{free.getsockname()[1]}"
    lake = open_lake("s3://school", options=KEYS | {"endpoint": endpoint})
    with pytest.raises(LakeError, match=r"does not answer.*OBJECT_STORAGE_ENDPOINT"):
        lake.get("lake/x")


def test_no_secret_is_ever_shown(
    s3_lake: Lake, s3_options: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither names, logs, errors nor the errors behind them hold the secret key."""
    caplog.set_level(logging.DEBUG)
    shown = [repr(s3_lake), s3_lake.url, repr(s3_lake.filesystem()), repr(vars(s3_lake))]
    secret = s3_options["secret_access_key"]
    shown.append(str(s3_lake.filesystem().storage_options))
    for lake in (s3_lake, open_lake("s3://nobody-made-this", options=s3_options)):
        with pytest.raises(GradelineError) as caught:
            lake.get("lake/none")
        shown.extend(traceback.format_exception(caught.value))
    assert secret not in "".join([*shown, caplog.text])


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("gs://school", {"service_account_key": f'{{"private_key": "{SECRET}"}}'}),
        ("gs://school", {"service_account_key": SECRET}),
        ("az://school", {"account_name": "school", "account_key": SECRET}),
        ("gs://school", {"endpoint": "http://127.0.0.1:1"}),
        ("s3://school", {"endpoint": "not a url", **KEYS}),
    ],
)
def test_options_that_cannot_work_are_a_wrong_setting(url: str, options: dict[str, str]) -> None:
    """Broken credentials are refused when the lake is opened or first used, and not shown."""
    with pytest.raises((WrongSetting, LakeError)) as caught:
        open_lake(url, options=options).get("lake/x")
    assert SECRET not in "".join(traceback.format_exception(caught.value))

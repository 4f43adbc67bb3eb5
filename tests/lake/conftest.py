"""The lakes that keep the contract: memory, a folder, and S3 over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from gradeline.lake import Lake, open_lake

SECRET = "a-secret-nobody-may-see"


@pytest.fixture
def memory_lake() -> Lake:
    """A lake in memory."""
    return open_lake("memory:")


@pytest.fixture
def folder_lake(tmp_path: Path) -> Lake:
    """A lake in an empty folder."""
    return open_lake(f"file:{tmp_path / 'home'}")


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """The address of a real S3 server on this machine."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_options(s3_endpoint: str) -> dict[str, str]:
    """What opens a bucket of that server."""
    return {"endpoint": s3_endpoint, "access_key_id": "key", "secret_access_key": SECRET}


@pytest.fixture
def bucket(s3_endpoint: str) -> str:
    """The name of a new bucket."""
    name = f"bucket-{uuid4()}"
    client = boto3.client(
        "s3",
        endpoint_url=s3_endpoint,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key=SECRET,
    )
    client.create_bucket(Bucket=name)
    client.close()
    return name


@pytest.fixture
def s3_lake(bucket: str, s3_options: dict[str, str]) -> Lake:
    """A lake in a new bucket."""
    return open_lake(f"s3://{bucket}", options=s3_options)


@pytest.fixture(params=["memory_lake", "folder_lake", "s3_lake"])
def lake(request: pytest.FixtureRequest) -> Lake:
    """Each lake in turn."""
    chosen: Lake = request.getfixturevalue(request.param)
    return chosen

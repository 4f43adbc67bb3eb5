"""An S3 server on this machine; a folder of tests that needs it imports these fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

SECRET = "a-secret-nobody-may-see"


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
    create_bucket(s3_endpoint, name)
    return name


def create_bucket(endpoint: str, name: str) -> None:
    """Make a bucket on that server."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key=SECRET,
    )
    client.create_bucket(Bucket=name)
    client.close()

"""A client that knows only the page of DWH Helper works with `gradeline serve`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import jwt
import pytest

SECRET = "a secret of this test alone, of 32 bytes and more"
CLIENT = Path(__file__).with_name("dwh_client.py")


@pytest.fixture
def address(used_home: Path) -> Iterator[str]:
    """Where the command serves."""
    env = {**os.environ, "GRADELINE_HOME": str(used_home), "JWT_SECRET": SECRET}
    command = [sys.executable, "-P", "-m", "gradeline", "serve", "--no-worker", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdout=pipe, stderr=subprocess.STDOUT) as server:
        assert server.stdout is not None
        try:
            yield _address(server.stdout)
        finally:
            server.terminate()


def _address(said: IO[bytes]) -> str:
    """Read what the command says until it says where it serves."""
    printed = ""
    while not (found := re.search(r"page is at (http://\S+);", printed)):
        line = said.readline().decode()
        assert line, printed
        printed += line
    return found[1]


def test_a_client_of_the_earlier_system_works(address: str) -> None:
    """Tables, properties, files and documents, by curl and httpx."""
    claims = {"sub": "dwh", "role": "admin", "exp": int(time.time()) + 600}
    token = jwt.encode(claims, SECRET, "HS256")
    command = [sys.executable, "-P", str(CLIENT), address, token]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

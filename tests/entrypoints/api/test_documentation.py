"""The documentation of the API: pages of our own files, and a document that holds."""

from __future__ import annotations

import hashlib
import re
from importlib import resources

import pytest
from starlette.testclient import TestClient

STATIC = resources.files("gradeline.entrypoints.web") / "static"


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_a_page_uses_files_of_ours_alone(client: TestClient, page) -> None:
    """No other host, no script in the page; each file is there with its type."""
    answer = client.get(page)
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    assert "//" not in answer.text
    for path in re.findall(r'(?:src|href)="([^"]+)"', answer.text):
        assert client.get(f"/{path}").headers["content-type"].startswith("text/")


@pytest.mark.parametrize("name", ["VENDORED", "..%2Fguard.py", "nothing.js", "__init__.py"])
def test_nothing_else_is_given(client: TestClient, name) -> None:
    """Only scripts and styles of that folder."""
    assert client.get(f"/static/{name}").status_code == 404


def test_files_of_others_are_what_their_packages_have() -> None:
    """Each is listed with its version, its digest and its licence, whose text is beside it."""
    lines = (STATIC / "VENDORED").read_text(encoding="utf-8").splitlines()[1:]
    listed = {line.split()[0]: line.split()[3] for line in lines}
    own = {"VENDORED", "start-swagger.js", "start-redoc.js"}
    names = {each.name for each in STATIC.iterdir()} - own
    assert {name for name in names if not name.endswith(".txt")} == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest

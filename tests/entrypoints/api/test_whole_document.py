"""Whatever is asked, each route answers as the OpenAPI document says, and never with a 5xx."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from gradeline.warehouse import Database

from .fuzzing import ask_everything

#: Requests to all routes together; `make prove` makes many more.
CASES = [300, pytest.param(20_000, marks=[pytest.mark.slow, pytest.mark.timeout(7200)])]


@pytest.mark.parametrize("cases", CASES)
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # Schemathesis does
def test_every_answer_is_documented(
    school: Database, app_of: Callable[..., FastAPI], cases
) -> None:
    """Status, content type and body, of requests that fit the document and of others."""
    assert ask_everything(app_of(school), cases, seed=14) == {}

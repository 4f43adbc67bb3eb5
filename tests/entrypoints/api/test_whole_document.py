"""Whatever is asked, each route answers as the OpenAPI document says, and never with a 5xx."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from gradeline.warehouse import Database

from .fuzzing import ask_everything

#: Requests to all routes together; the proof `api` makes far more.
CASES = 300


@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # Schemathesis does
def test_every_answer_is_documented(school: Database, app_of: Callable[..., FastAPI]) -> None:
    """Status, content type and body, of requests that fit the document and of others."""
    assert ask_everything(app_of(school), CASES, seed=14) == {}

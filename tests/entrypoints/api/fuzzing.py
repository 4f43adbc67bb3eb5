"""Asks every route of the OpenAPI document for what it takes, and for what it does not take."""

from __future__ import annotations

from collections import Counter

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gradeline.entrypoints.web.front import guarded

from .conftest import as_

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def ask_everything(app: FastAPI, cases: int, *, seed: int = 14) -> Counter[str]:
    """Ask as an administrator; count what is not as the document says, by route and kind.

    Args:
        app: the API.
        cases: requests in all, spread over all routes.
        seed: of what is asked.
    """
    schema = schemathesis.openapi.from_asgi("/openapi.json", guarded(app, {"testserver"}))
    operations = [each.ok() for each in schema.get_all_operations()]
    strategies = [
        operation.as_strategy(generation_mode=mode)
        for operation in operations
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]
    found: Counter[str] = Counter()

    @seeded(seed)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(strategies))
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(headers=as_("admin"))
        try:
            case.validate_response(answer, checks=_CHECKS)
        except FailureGroup as failures:
            for one in failures.exceptions:
                found[f"{case.method} {case.path} {answer.status_code}: {one.title}"] += 1

    ask()
    return found

"""The OpenAPI document: what can go wrong with a route is added to each of them once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI

from gradeline.entrypoints.web.problem import MEDIA_TYPE

_PROBLEM = "Problem"
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "title": _PROBLEM,
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "description": "The name of the status."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, to what."},
        "hint": {"type": "string", "description": "What to do."},
        "request_id": {"type": "string", "description": "Under which the log tells more."},
        "errors": {
            "type": "array",
            "description": "Each parameter or part of the body that is wrong.",
            "items": {
                "type": "object",
                "properties": {
                    "where": {"type": "array", "items": {"type": ["string", "integer"]}},
                    "what": {"type": "string"},
                },
            },
        },
    },
    "required": ["type", "title", "status"],
    "example": {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no such thing, or it is not for you.",
        "request_id": "3f6c1d0a9b8e7f42",
    },
}
#: status → what it means, wherever it is answered
_MEANINGS: Mapping[int, str] = MappingProxyType(
    {
        400: "The request is malformed.",
        401: "Nobody is signed in, or what signed them in is not valid or no longer.",
        403: "Whoever asks has not this right at all.",
        404: "It does not exist, or is not for whoever asks: the same answer.",
        409: "It is in another state than the request takes for granted.",
        410: "It was there, and is no longer.",
        412: "Somebody changed it since it was read (If-Match).",
        413: "The body is larger than this route takes.",
        415: "The body is of another kind than this route takes.",
        416: "Range asks for what lies beyond the end.",
        422: "A parameter or the body is wrong; `errors` says which.",
        429: "A limit is reached; Retry-After says when to come again.",
        502: "A system that this route asks did not answer as it should.",
        503: "Too much is under way, or the database is away; Retry-After says when to come again.",
        507: "The disk is full.",
    }
)
_ALWAYS = (400, 422, 503)
_SIGNED_IN = (401, 403, 404, 429)
_WRITING = (409, 412, 413, 415, 507)
_METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})


class DocumentedApi(FastAPI):
    """An application whose OpenAPI document has the answers to errors."""

    def openapi(self) -> dict[str, Any]:
        """Return the document, made once."""
        if self.openapi_schema is None:
            _add_problems(super().openapi())
        assert self.openapi_schema is not None  # noqa: S101 - made by the line above
        return self.openapi_schema


def _add_problems(document: dict[str, Any]) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas[_PROBLEM] = _SCHEMA
    for path in document["paths"].values():
        for method, operation in path.items():
            if method in _METHODS:
                _add_to(method, operation)


def _add_to(method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status in _statuses(method, operation):
        given = answers.get(str(status), {})
        described = given.get("description", "")
        if described in ("", "Validation Error"):
            described = _MEANINGS[status]
        answers[str(status)] = {
            **given,
            "description": described,
            "content": {
                **_without_default(given.get("content", {})),
                MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{_PROBLEM}"}},
            },
        }
    operation["responses"] = dict(sorted(answers.items()))


def _without_default(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a route itself says of the answer; FastAPI adds JSON where it says nothing."""
    return {kind: said for kind, said in content.items() if kind != "application/json"}


def _statuses(method: str, operation: Mapping[str, Any]) -> Iterator[int]:
    """Yield the statuses of problems with which a route may answer."""
    yield from _ALWAYS
    if operation.get("security"):
        yield from _SIGNED_IN
    if method not in ("get", "head"):
        yield from _WRITING
    yield from (int(one) for one in operation["responses"] if one in map(str, _MEANINGS))

"""Errors of LearnWorlds, which come in four shapes."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from gradeline.base.errors import WrongAnswer
from gradeline.base.masking import shorten
from gradeline.sources.web.exchange import QUOTED_CHARS, Response, excerpt

HOST_NAME = "LearnWorlds"
_EMPTY = re.compile(r"[A-Za-z]+s not found\.?")


class NotFound(WrongAnswer):
    """The school has no such object or list (404)."""


class _Shape(msgspec.Struct):
    """The fields of a response that mark it as an error."""

    error: Any = None
    errors: Any = None
    success: Any = None


_SHAPES = msgspec.json.Decoder(_Shape)


def error_text(content: bytes) -> str:
    """Return the text of an error: `{"errors": [{code, context, message}], "success": false}`,
    `{"error": words}`, the same with `statusCode`, or whatever else came.
    """
    shape = _shape(content)
    if shape is not None and isinstance(shape.errors, list) and shape.errors:
        return shorten("; ".join(_one(each) for each in shape.errors), QUOTED_CHARS)
    if shape is not None and isinstance(shape.error, str):
        return shorten(shape.error, QUOTED_CHARS)
    return excerpt(content) or "nothing readable"


def is_empty_list(content: bytes) -> bool:
    """Whether a 404 means an empty list (`Users not found`), not a wrong path."""
    return bool(_EMPTY.fullmatch(error_text(content).strip()))


def check_success(response: Response) -> None:
    """Check that a response with status 200 is JSON and not an error.

    Raises:
        WrongAnswer: it is not.
    """
    if response.status != 200:
        return
    shape = _shape(response.content)
    if shape is None:
        raise WrongAnswer("No JSON came where data should be.")
    if shape.error or shape.errors or shape.success is False:
        raise WrongAnswer(f"An error came with status 200: {error_text(response.content)}.")


def _shape(content: bytes) -> _Shape | None:
    try:
        return _SHAPES.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _one(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    words = str(error.get("message") or error.get("code") or "an error without words")
    context = error.get("context")
    return f"{words} ({context})" if context else words

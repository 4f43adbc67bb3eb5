"""Rows of the grader: one JSON element each, checked field by field; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from gradeline.records.ids import normalize_id
from gradeline.sources.grader.passback import parse_passback

#: What a row must have; a grader whose rows never have one of them has changed.
FIELDS = ("lti_user_id", "attempt_type", "created_at")

_USER = re.compile(r"[0-9a-f]{32}")
_INSTANT = re.compile(
    r"(?P<wall>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?)(Z|[+-]00:?00)?", re.ASCII
)
_TYPES = ("run", "submit")
_MARKS = {0: False, 1: True, "0": False, "1": True}
#: Longest values, in bytes of UTF-8. The sourced id is part of an index, which takes 2,700.
_SOURCED_ID = "lis_result_sourcedid"
_LONGEST = {
    "oauth_consumer_key": 255,
    _SOURCED_ID: 1024,
    "lis_outcome_service_url": 4096,
}
_QUOTED_CHARS = 100


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One valid attempt."""

    created_at: datetime  #: UTC
    user_id: str
    attempt_type: str
    lis_result_sourcedid: str | None
    is_correct: bool | None
    oauth_consumer_key: str | None
    lis_outcome_service_url: str | None

    @property
    def key(self) -> tuple[datetime, str, str, str]:
        """Return what identifies it; facts are in this order."""
        return self.created_at, self.user_id, self.attempt_type, self.lis_result_sourcedid or ""

    @property
    def digest_input(self) -> bytes:
        """All its fields, for a digest."""
        return repr(astuple(self)).encode()


class Unreadable(Exception):
    """A row is wrong; the message begins with a code."""


def attempt_of(raw: bytes | memoryview) -> Attempt:
    """Parse one element of the response as an attempt.

    Raises:
        Unreadable: a field is missing, wrong, or says the opposite of another one.
    """
    try:
        row = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"bad_json: {error}") from None
    if not isinstance(row, dict):
        raise Unreadable(f"not_an_object: {_quoted(row)}")
    passback = _passback(row.get("passback_params"))
    kind = _kind(row)
    return Attempt(
        created_at=_instant(row),
        user_id=_user(row),
        attempt_type=kind,
        is_correct=_mark(row.get("is_correct"), kind),
        **passback,
    )


def _user(row: dict[str, Any]) -> str:
    value = row.get("lti_user_id")
    if value is None:
        raise Unreadable("missing: lti_user_id is required")
    text = normalize_id(value) if isinstance(value, str) else ""
    if not _USER.fullmatch(text):
        raise Unreadable(f"bad_id: lti_user_id is not 32 hex digits: {_quoted(value)}")
    return text


def _kind(row: dict[str, Any]) -> str:
    value = row.get("attempt_type")
    if value is None:
        raise Unreadable("missing: attempt_type is required")
    if value not in _TYPES:
        raise Unreadable(f"bad_choice: attempt_type is neither run nor submit: {_quoted(value)}")
    return str(value)


def _instant(row: dict[str, Any]) -> datetime:
    value = row.get("created_at")
    if value is None:
        raise Unreadable("missing: created_at is required")
    wrong = Unreadable(f"bad_instant: created_at is not a time in UTC: {_quoted(value)}")
    written = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        raise wrong
    try:
        return datetime.fromisoformat(written["wall"]).replace(tzinfo=UTC)
    except ValueError:
        raise wrong from None  # a day or an hour that no calendar has


def _mark(value: object, kind: str) -> bool | None:
    if value is not None and (not isinstance(value, (int, str)) or value not in _MARKS):
        raise Unreadable(f"bad_flag: is_correct is none of null, 0 and 1: {_quoted(value)}")
    mark = None if value is None else _MARKS[value]
    if kind == "run" and mark is not None:
        raise Unreadable(f"contradiction: a run has is_correct {_quoted(value)}")
    if kind == "submit" and mark is None:
        raise Unreadable("contradiction: a submit has no is_correct")
    return mark


def _passback(value: object) -> dict[str, str | None]:
    """Return the three parameters of a passback, all None where there is none."""
    if value is None or value == "":
        return dict.fromkeys(_LONGEST)
    if isinstance(value, str):
        try:
            value = parse_passback(value)
        except ValueError as error:
            raise Unreadable(f"bad_passback: passback_params is {error}") from None
    if not isinstance(value, dict):
        raise Unreadable(f"bad_passback: passback_params is not a dict: {_quoted(value)}")
    return {name: _parameter(name, value.get(name)) for name in _LONGEST}


def _parameter(name: str, value: object) -> str | None:
    if value is None or (value == "" and name != "oauth_consumer_key"):
        return None
    if not isinstance(value, (str, int, float)):
        raise Unreadable(f"bad_passback: {name} is not a text: {_quoted(value)}")
    text = normalize_id(str(value)) if name == _SOURCED_ID else str(value)
    if "\0" in text:
        raise Unreadable(f"bad_text: {name} holds a NUL")
    if len(text.encode()) > _LONGEST[name]:
        raise Unreadable(f"too_long: {name} is longer than {_LONGEST[name]} bytes")
    return text if text or name != _SOURCED_ID else None


def _quoted(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _QUOTED_CHARS else f"{text[:_QUOTED_CHARS]}…"

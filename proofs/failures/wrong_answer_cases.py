"""What can be wrong with an answer, and what a person must be told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from gradeline.sandbox import Response

WEB = ("grader", "learnworlds", "amplitude", "appmetrica")

Spoil = Callable[[Response], Response]


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One thing that is wrong with what a system answers, and what a person must be told."""

    source: str
    what: str
    names: tuple[str, ...]  #: each of these stands in the message
    settings: Mapping[str, str | None] = field(default_factory=dict)
    fault: str | None = None  #: of the sandbox, in every answer
    spoil: Spoil | None = None  #: what becomes of every answer of the system with status 200


def _replaced(old: bytes, new: bytes) -> Spoil:
    def spoil(answer: Response) -> Response:
        if not isinstance(answer.body, bytes):
            return answer
        return replace(answer, body=answer.body.replace(old, new))

    return spoil


def _instead(content: bytes) -> Spoil:
    return lambda answer: replace(answer, body=content, headers=())


#: Where the sandbox is set, it is the address to look at.
_ADDRESS = ("SANDBOX_URL",)
_ERROR = _instead(b'{"error":"Internal trouble"}')
CASES = (
    *(Wrong(source=name, what="a login page", names=_ADDRESS, fault="login-page") for name in WEB),
    *(Wrong(source=name, what="an empty 200", names=_ADDRESS, fault="empty") for name in WEB),
    *(Wrong(source=name, what="an error with 200", names=(), spoil=_ERROR) for name in WEB),
    Wrong(source="grader", what="its error with 200", names=_ADDRESS, fault="errors-object"),
    *(
        Wrong(source=name, what="no such address", names=_ADDRESS, settings={"SANDBOX_URL": "/no"})
        for name in WEB
    ),
    Wrong(
        source="grader",
        what="a wrong key",
        names=("GRADER_CLIENT", "GRADER_CLIENT_KEY"),
        settings={"GRADER_CLIENT_KEY": "wrong"},
    ),
    Wrong(
        source="learnworlds",
        what="a wrong secret",
        names=("CLIENT_SECRET",),
        settings={"CLIENT_SECRET": "wrong"},
    ),
    Wrong(
        source="learnworlds",
        what="a revoked token",
        names=("ACCESS_TOKEN",),
        settings={"ACCESS_TOKEN": "revoked", "CLIENT_SECRET": None},
    ),
    Wrong(
        source="amplitude",
        what="a wrong secret, or another region's",
        names=("AMPLITUDE_WEB_SECRET_KEY", "AMPLITUDE_REGION"),
        settings={"AMPLITUDE_WEB_SECRET_KEY": "wrong"},
    ),
    Wrong(
        source="appmetrica",
        what="a revoked token",
        names=("APPMETRICA_TOKEN",),
        settings={"APPMETRICA_TOKEN": "revoked"},
    ),
    Wrong(
        source="appmetrica",
        what="somebody else's application",
        names=("APPMETRICA_APPLICATION_ID",),
        settings={"APPMETRICA_APPLICATION_ID": "1"},
    ),
    Wrong(
        source="grader",
        what="a changed schema",
        names=("lti_user_id",),
        spoil=_replaced(b'"lti_user_id"', b'"learner"'),
    ),
    Wrong(
        source="learnworlds",
        what="a changed schema",
        names=("form",),
        spoil=_replaced(b'"data"', b'"items"'),
    ),
    Wrong(
        source="appmetrica",
        what="a changed schema",
        names=("event_title",),
        spoil=_replaced(b"event_datetime", b"event_title"),
    ),
)

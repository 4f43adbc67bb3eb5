"""How somebody wants to read: language and colours, kept in cookies."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from gradeline.base.errors import BadRequest
from gradeline.base.languages import LANGUAGES
from gradeline.entrypoints.dashboard.cookies import LANGUAGE, THEME, set_choice
from gradeline.entrypoints.dashboard.fragments import local_path
from gradeline.entrypoints.dashboard.viewers import PUBLIC, THEMES, Parts

router = APIRouter(dependencies=[PUBLIC])

_Value: TypeAlias = Annotated[str, Form(max_length=20)]
_Here: TypeAlias = Annotated[str, Form(description="Where to go back to.")]


@router.post("/language")
def choose_language(parts: Parts, language: _Value, here: _Here = "/") -> Response:
    """Read in another language from now on."""
    return _chosen(LANGUAGE, _one_of(LANGUAGES, language), here, encrypted=parts.is_encrypted)


@router.post("/theme")
def choose_theme(parts: Parts, theme: _Value, here: _Here = "/") -> Response:
    """Read in other colours from now on."""
    return _chosen(THEME, _one_of(THEMES, theme), here, encrypted=parts.is_encrypted)


def _chosen(name: str, value: str, here: str, *, encrypted: bool) -> Response:
    answer = RedirectResponse(local_path(here), HTTPStatus.SEE_OTHER)
    set_choice(answer, name, value, encrypted=encrypted)
    return answer


def _one_of(known: Collection[str], value: str) -> str:
    """Return a value that is known.

    Raises:
        BadRequest: it is not.
    """
    if value not in known:
        raise BadRequest(f"{value!r} is none of {', '.join(known)}.")
    return value

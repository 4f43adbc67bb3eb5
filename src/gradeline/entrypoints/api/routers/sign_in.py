"""Signing tools in by a one-time link: it is exchanged for a token that works for 12 hours.

People open the link, and the page signs them in (`entrypoints/dashboard/pages/sign_in.py`).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from gradeline.entrypoints.api.auth import PUBLIC, Parts

router = APIRouter(prefix="/sign-in", tags=["sign-in"], dependencies=[PUBLIC])


class SignedIn(BaseModel):
    """A token for whom the link signs in."""

    token: str = Field(description="Send it as `Authorization: Bearer <token>`, for 12 hours.")


@router.post(
    "",
    summary="Sign in by a link",
    responses={
        401: {"description": "It was used already, or its time is over"},
        429: {"description": "Too many wrong links came from there"},
    },
)
def sign_in(
    request: Request,
    response: Response,
    parts: Parts,
    link: Annotated[
        str, Query(min_length=1, max_length=200, description="The code at the end of the link.")
    ],
) -> SignedIn:
    """Use the link up and answer with a token."""
    client = request.client.host if request.client else ""
    response.headers["Cache-Control"] = "no-store"
    return SignedIn(token=parts.sign_in.redeem(link, client))

"""Who asks, and what they may: each route names the permission that it needs."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Depends, Request, params
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.errors import NotAllowed
from gradeline.entrypoints.api.parts import ApiParts

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description="A JWT of the school, a Yandex ID token, or a token that the school made.",
)
Credentials: TypeAlias = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


async def parts_of(request: Request) -> ApiParts:
    """Return what the API works with."""
    parts: ApiParts = request.app.state.parts
    return parts


#: For the parameter of a route: what the API works with.
Parts: TypeAlias = Annotated[ApiParts, Depends(parts_of)]


def requires(*permissions: Permission) -> params.Depends:
    """Return the dependency that gives a route its principal, who has one of these permissions.

    A route whose answer depends on who asks beyond that, or shows less, says so by row security.
    """
    needed: params.Depends = Depends(Requirement(permissions=permissions))
    return needed


class Requirement:
    """A permission that a route needs; the test of all routes looks for it."""

    def __init__(self, *, permissions: tuple[Permission, ...]) -> None:
        self.permissions = permissions

    async def __call__(self, request: Request, parts: Parts, credentials: Credentials) -> Principal:
        """Return who asks.

        Raises:
            SignInNeeded: nobody does, by name.
            NotAllowed: whoever it is has none of the permissions.
        """
        bearer = "" if credentials is None else credentials.credentials
        client = "" if request.client is None else request.client.host
        principal = parts.sign_in.remembered(bearer)
        if principal is None:  # whoever can tell is asked, which may take a while
            principal = await run_in_threadpool(parts.sign_in.principal_of, bearer, client)
        if not any(principal.may(one) for one in self.permissions):
            wanted = " or ".join(one.value for one in self.permissions)
            raise NotAllowed(
                f"This needs the right {wanted}, which {principal.role.value} does not have.",
                hint="Ask an administrator of the school: `gradeline staff` gives roles.",
            )
        return principal


async def anybody() -> None:
    """Let everybody in."""


#: Marks a route that asks for nobody: it shows nothing of the school.
PUBLIC = Depends(anybody)

"""Who looks at a page, and what they may: each route names the permission that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import Depends, Request, params

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.errors import NotAllowed, SignInNeeded
from gradeline.base.languages import LANGUAGES, Language
from gradeline.base.languages import language as language_of
from gradeline.entrypoints.dashboard.cookies import LANGUAGE, THEME, chosen, session_secret
from gradeline.entrypoints.dashboard.parts import DashboardParts

#: How pages look; the first one is what the device says.
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who looks at a page, and how they want to read it."""

    principal: Principal | None  #: None = nobody is signed in
    name: str = ""  #: login, e-mail or chat; empty = an administrator without a name
    language: Language
    theme: str

    @property
    def shown_to(self) -> Principal:
        """Whom row security is told of.

        Raises:
            SignInNeeded: nobody is signed in.
        """
        if self.principal is None:
            raise SignInNeeded("Nobody is signed in.")
        return self.principal


async def parts_of(request: Request) -> DashboardParts:
    """Return what the page works with."""
    parts: DashboardParts = request.app.state.parts
    return parts


#: For the parameter of a route: what the page works with.
Parts: TypeAlias = Annotated[DashboardParts, Depends(parts_of)]


def viewer_of(request: Request, parts: Parts) -> Viewer:
    """Return who looks, whoever it is."""
    signed_in = parts.sessions.find(session_secret(request, encrypted=parts.is_encrypted))
    code = (
        chosen(request, LANGUAGE, dict.fromkeys(LANGUAGES))
        or (signed_in.language if signed_in else "")
        or accepted_language(request.headers.get("accept-language", ""))
        or parts.language
    )
    return Viewer(
        principal=signed_in.principal if signed_in else None,
        name=signed_in.name if signed_in else "",
        language=language_of(code),
        theme=chosen(request, THEME, dict.fromkeys(THEMES)) or THEMES[0],
    )


def accepted_language(header: str) -> str:
    """Return the language of ours that `Accept-Language` likes best; empty = none of them."""
    wanted: list[tuple[float, str]] = []
    for each in header.split(",")[:20]:
        tag, _, weight = each.strip().partition(";q=")
        code = tag.partition("-")[0].lower()
        if code in LANGUAGES:
            wanted.append((_weight(weight), code))
    liked = [(weight, code) for weight, code in wanted if weight > 0]
    return max(liked, key=lambda one: one[0])[1] if liked else ""


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def requires(*permissions: Permission) -> params.Depends:
    """Return the dependency that gives a route its viewer, who has one of these permissions.

    A route that shows less to some says so by row security.
    """
    needed: params.Depends = Depends(Requirement(permissions=permissions))
    return needed


class Requirement:
    """A permission that a route needs; the test of all routes looks for it."""

    def __init__(self, *, permissions: tuple[Permission, ...]) -> None:
        self.permissions = permissions

    def __call__(self, viewer: Annotated[Viewer, Depends(viewer_of)]) -> Viewer:
        """Return who looks.

        Raises:
            SignInNeeded: nobody is signed in.
            NotAllowed: whoever it is has none of the permissions.
        """
        principal = viewer.shown_to
        if self.permissions and not any(principal.may(one) for one in self.permissions):
            wanted = " or ".join(one.value for one in self.permissions)
            raise NotAllowed(f"This needs the right {wanted}.")
        return viewer


async def anybody() -> None:
    """Let everybody in."""


#: Marks a route that asks for nobody: it shows nothing of the school.
PUBLIC = Depends(anybody)
#: For the parameter of such a route: who looks, if anybody is signed in.
AnyViewer: TypeAlias = Annotated[Viewer, Depends(viewer_of)]

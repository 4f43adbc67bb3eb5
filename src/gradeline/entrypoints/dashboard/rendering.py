"""Render pages: templates that see one page and how it is read, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.languages import LANGUAGES, Language, message
from gradeline.base.languages import language as language_of
from gradeline.entrypoints.dashboard.assets import asset_url
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.dashboard.viewers import THEMES, Viewer
from gradeline.reports.glossary import KPIS, REASONS
from gradeline.warehouse import Connection
from gradeline.warehouse.operation import STALE_AFTER
from gradeline.warehouse.results.stats import read_build

_TEMPLATES = Path(__file__).parent / "templates"
#: Languages by their own names, as the switch shows them.
_LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "es": "Español"}


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """Of when what a page shows is."""

    as_of: datetime | None  #: None = nothing was computed yet
    stale: bool  #: nobody has looked for newer data for a day


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A page that the navigation leads to."""

    url: str
    label: str  #: a message
    permission: Permission | None = None  #: that it needs; None = being signed in


#: Pages that every page leads to, in order; whoever adds a page may add it here.
NAVIGATION: tuple[Destination, ...] = (
    Destination(url="/", label=message("Groups")),
    Destination(
        url="/exports", label=message("Files and sending"), permission=Permission.GROUP_FIGURES
    ),
    Destination(url="/operations", label=message("Operations"), permission=Permission.OPERATE),
)


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """A page in the navigation, as one viewer sees it."""

    url: str
    label: str  #: a message
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around a page: who reads it, and how."""

    is_signed_in: bool
    name: str  #: empty = an administrator without a name
    may_operate: bool
    sees_learners: bool
    language: str
    theme: str
    here: str  #: path and query of the page, for the way back to it
    navigation: tuple[NavigationItem, ...]


def read_freshness(connection: Connection, parts: DashboardParts) -> Freshness:
    """Read of when the published results are."""
    build = read_build(connection)
    if build is None:
        return Freshness(as_of=None, stale=False)
    stale = parts.clock() - build.confirmed_at > STALE_AFTER
    return Freshness(as_of=build.as_of, stale=stale)


def render(
    request: Request,
    viewer: Viewer,
    template: str,
    page: object,
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    """Return a page, or a fragment of one, as an answer.

    Args:
        request: what was asked.
        viewer: who reads it.
        template: its path below `templates/`.
        page: the one frozen dataclass that it shows.
        status: of the answer.
    """
    parts: DashboardParts = request.app.state.parts
    principal = viewer.principal
    frame = Frame(
        is_signed_in=principal is not None,
        name=viewer.name,
        may_operate=principal is not None and principal.may(Permission.OPERATE),
        sees_learners=principal is not None and principal.sees_names,
        language=viewer.language.code,
        theme=viewer.theme,
        here=address_of(request),
        navigation=_navigation(request, principal),
    )
    made = environment(viewer.language.code, parts.zone).get_template(template)
    return HTMLResponse(made.render(page=page, frame=frame), status)


def _navigation(request: Request, principal: Principal | None) -> tuple[NavigationItem, ...]:
    if principal is None:
        return ()
    return tuple(
        NavigationItem(url=to.url, label=to.label, is_here=request.url.path == to.url)
        for to in NAVIGATION
        if to.permission is None or principal.may(to.permission)
    )


def address_of(request: Request) -> str:
    """Return path and query of the page that somebody looks at: of a fragment, the whole page's."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{quote(request.url.path, safe='/')}{query}"


@cache
def environment(code: str, zone: str) -> Environment:
    """Return the templates in a language; times are those of a zone."""
    language = language_of(code)
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        say=language.say,
        say_n=lambda one, many, **values: language.say_n((one, many), **values),
        asset=asset_url,
        languages={each: _LANGUAGE_NAMES[each] for each in LANGUAGES},
        themes=THEMES,
        reasons={name: language.say(text) for name, text in REASONS.items()},
        kpis={name: language.say(figure.label) for name, figure in KPIS.items()},
    )
    made.filters.update(
        number=language.number,
        percent=language.percent,
        percent_range=language.percent_range,
        day=language.day,
        instant=lambda value: language.instant(value, zone),
        points=lambda share: points(language, share),
        kpi=lambda measure, name: KPIS[name].text(language, measure.value),
    )
    return made


def points(language: Language, share: float | None) -> str:
    """Return a change of a share in percentage points with its sign; empty = none to see."""
    value = round(100 * (share or 0), 1)
    sign = "+" if value > 0 else "−"
    return f"{sign}{language.number(abs(value), 1)}" if value else ""

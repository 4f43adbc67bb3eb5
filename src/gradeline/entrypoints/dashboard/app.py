"""The application: pages, files, errors and what stands before them, in one place."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import HTMLResponse

from gradeline.entrypoints.dashboard import assets, charts
from gradeline.entrypoints.dashboard.csrf import SameOrigin
from gradeline.entrypoints.dashboard.error_pages import add_error_pages
from gradeline.entrypoints.dashboard.headers import PageHeaders
from gradeline.entrypoints.dashboard.pages import (
    answers,
    course,
    exports,
    group,
    home,
    learner,
    needs,
    operations,
    preferences,
    sending,
    sign_in,
)
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.web.request_id import RequestId

#: Bytes that the body of a request may have: a form with a note.
_BODY_BYTES = 65_536


def dashboard(parts: DashboardParts) -> FastAPI:
    """Return the application, which works with these parts; it is served behind `guarded`."""
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        default_response_class=HTMLResponse,
        max_body_size=_BODY_BYTES,
    )
    app.state.parts = parts
    add_error_pages(app)
    for family in (
        assets,
        charts,
        home,
        answers,
        course,
        exports,
        group,
        learner,
        needs,
        operations,
        preferences,
        sending,
        sign_in,
    ):
        app.include_router(family.router)
    for layer in (SameOrigin, PageHeaders, RequestId):
        app.add_middleware(layer)
    return app

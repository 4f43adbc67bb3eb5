"""The application: routes, errors and what stands before them, in one place."""

from __future__ import annotations

from fastapi import FastAPI

from gradeline.base.version import __version__
from gradeline.entrypoints.api.openapi import DocumentedApi
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.api.prepared import PreparedAnswers
from gradeline.entrypoints.api.problems import add_problem_answers
from gradeline.entrypoints.api.routers import (
    documentation,
    exports,
    files,
    health,
    metrics,
    objects,
    sign_in,
    stats,
    tables,
    unsubscribe,
    user_properties,
    vendor_exports,
)
from gradeline.entrypoints.web.request_id import RequestId
from gradeline.entrypoints.web.slots import Slots

#: Bytes that the body of a request may have where its route does not allow more.
_BODY_BYTES = 1_048_576
#: Raw exports at once: each keeps a thread and a packer busy.
_EXPORTS = 3
_DESCRIPTION = """
Figures of learners, groups, courses and topics; exports; files and tables.

Every answer shows what whoever asks may see, and no more. Errors are
[problem details](https://www.rfc-editor.org/rfc/rfc9457), each with a `request_id` that is in the
log. Beside those that a route lists, any request may be answered with 408 (it came too slowly),
421 (for a Host that is not ours), 431 (too many or too large headers) or 503 (too much is under
way).
"""


def api(parts: ApiParts) -> FastAPI:
    """Return the application, which works with these parts; it is served behind `guarded`."""
    app = DocumentedApi(
        title="Gradeline",
        version=__version__,
        description=_DESCRIPTION,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        max_body_size=_BODY_BYTES,
    )
    app.state.parts = parts
    app.state.answers = PreparedAnswers(parts)
    app.state.export_slots = Slots(_EXPORTS, "raw exports")
    add_problem_answers(app)
    for family in (
        documentation,
        health,
        metrics,
        exports,
        stats,
        objects,
        sign_in,
        tables,
        files,
        unsubscribe,
        user_properties,
        vendor_exports,
    ):
        app.include_router(family.router)
    app.add_middleware(RequestId)
    return app

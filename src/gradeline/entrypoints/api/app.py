"""The application: routes, errors and what stands before them, in one place."""

from __future__ import annotations

from fastapi import FastAPI

from gradeline.base.version import __version__
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.api.prepared import PreparedAnswers
from gradeline.entrypoints.api.problems import add_problem_answers
from gradeline.entrypoints.api.routers import (
    exports,
    files,
    health,
    metrics,
    objects,
    stats,
    tables,
    unsubscribe,
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
log.
"""


def api(parts: ApiParts) -> FastAPI:
    """Return the application, which works with these parts; it is served behind `guarded`."""
    app = FastAPI(
        title="Gradeline",
        version=__version__,
        description=_DESCRIPTION,
        redirect_slashes=False,
        max_body_size=_BODY_BYTES,
    )
    app.state.parts = parts
    app.state.answers = PreparedAnswers(parts)
    app.state.export_slots = Slots(_EXPORTS, "raw exports")
    add_problem_answers(app)
    for family in (
        health,
        metrics,
        exports,
        stats,
        objects,
        tables,
        files,
        unsubscribe,
        vendor_exports,
    ):
        app.include_router(family.router)
    app.add_middleware(RequestId)
    return app

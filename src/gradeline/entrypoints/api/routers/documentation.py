"""The documentation of the API as pages; every file of them is ours to serve."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from gradeline.base.errors import NotFound
from gradeline.entrypoints.api.auth import PUBLIC

router = APIRouter(dependencies=[PUBLIC], include_in_schema=False)

_FILES = resources.files("gradeline.entrypoints.web") / "static"
_TYPES: Mapping[str, str] = MappingProxyType(
    {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
)
#: Scripts are files of ours. Both pages set styles themselves, and Redoc searches in a worker that
#: it makes from a blob.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gradeline API</title>
{head}
</head>
<body><div id="documentation"></div></body>
</html>
"""


@router.get("/docs")
def swagger() -> Response:
    """Show the API with a form for each route."""
    return _page(
        '<link rel="stylesheet" href="static/swagger-ui.css">',
        '<script src="static/swagger-ui-bundle.js"></script>',
        '<script src="static/start-swagger.js"></script>',
    )


@router.get("/redoc")
def redoc() -> Response:
    """Show the API to read."""
    return _page(
        '<script src="static/redoc.standalone.js"></script>',
        '<script src="static/start-redoc.js"></script>',
    )


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Give a file of these pages."""
    kind = _TYPES.get(name.rpartition(".")[2])
    known = {each.name for each in _FILES.iterdir()}
    if kind is None or name not in known:
        raise NotFound
    headers = {"Cache-Control": "public, max-age=3600", "Content-Type": kind}
    return Response((_FILES / name).read_bytes(), headers=headers)


def _page(*head: str) -> Response:
    headers = {"Content-Security-Policy": _POLICY}
    return HTMLResponse(_PAGE.format(head="\n".join(head)), headers=headers)

"""Files that pages load: our own and those of others, under addresses that change with them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from fastapi import APIRouter, Request
from starlette.responses import Response

from gradeline.base.errors import NotFound
from gradeline.entrypoints.dashboard.viewers import PUBLIC

router = APIRouter(dependencies=[PUBLIC])

_FOLDER = resources.files("gradeline.entrypoints.dashboard") / "static"
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    }
)
#: The address has the digest of the content, so the content never changes.
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file as it is sent."""

    name: str  #: with the digest of its content
    media_type: str
    content: bytes
    packed: bytes  #: the same by gzip


@cache
def _assets() -> Mapping[str, Asset]:
    """Return all files by their plain names."""
    assets = {}
    for file in _FOLDER.iterdir():
        stem, _, kind = file.name.rpartition(".")
        if kind not in _TYPES:
            continue
        content = file.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        assets[file.name] = Asset(
            name=f"{stem}.{digest}.{kind}",
            media_type=_TYPES[kind],
            content=content,
            packed=gzip.compress(content, mtime=0),
        )
    return MappingProxyType(assets)


def asset_url(name: str) -> str:
    """Return the address of a file.

    Raises:
        KeyError: there is no such file.
    """
    return f"/assets/{_assets()[name].name}"


@router.get("/assets/{name}")
def asset(request: Request, name: str) -> Response:
    """Give a file."""
    found = next((one for one in _assets().values() if one.name == name), None)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
    content = found.content
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = found.packed
    return Response(content, media_type=found.media_type, headers=headers)

"""From h11's request to ours."""

from __future__ import annotations

from urllib.parse import parse_qsl

import h11

from gradeline.sandbox.exchange import Request


def from_wire(head: h11.Request, body: bytes, at: float) -> Request:
    """The request with its query decoded and its headers by name; a header sent twice is joined."""
    path, _, query = head.target.decode("ascii", errors="replace").partition("?")
    headers: dict[str, str] = {}
    for name, value in head.headers:
        key, said = name.decode("ascii").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {said}" if key in headers else said
    return Request(
        method=head.method.decode("ascii"),
        path=path,
        query=tuple(parse_qsl(query, keep_blank_values=True)),
        headers=headers,
        body=body,
        at=at,
        address=f"http://{headers.get('host', '')}",
    )

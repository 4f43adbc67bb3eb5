"""From an h11 request to the sandbox's own."""

from __future__ import annotations

from urllib.parse import parse_qsl

import h11

from gradeline.sandbox.exchange import Request


def from_wire(head: h11.Request, body: bytes, at: float) -> Request:
    """Decode the query and index headers by name; a header sent twice is joined."""
    path, _, query = head.target.decode("ascii", errors="replace").partition("?")
    headers: dict[str, str] = {}
    for name, value in head.headers:
        key, text = name.decode("ascii").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return Request(
        method=head.method.decode("ascii"),
        path=path,
        query=tuple(parse_qsl(query, keep_blank_values=True)),
        headers=headers,
        body=body,
        at=at,
        address=f"http://{headers.get('host', '')}",
    )

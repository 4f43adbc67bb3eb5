"""Multipart bodies as clients send them: with UTF-8 in headers, and with either line end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PARAMETER = re.compile(r';\s*(?P<name>[\w*]+)="(?P<value>(?:[^"\\]|\\.)*)"')
_BOUNDARY = re.compile(r'boundary="?(?P<boundary>[^";]+)"?')


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a multipart body."""

    name: str  #: of the field; empty where the part has none
    file_name: str | None  #: None = it is no file
    content_type: str
    content: bytes


def parts_of(content_type: str, body: bytes) -> Iterator[Part]:
    """Yield the parts of a body; none where the content type names no boundary."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        return
    for piece in body.split(b"--" + found["boundary"].encode())[1:-1]:
        end = b"\r\n" if piece.startswith(b"\r\n") else b"\n"
        head, _, content = piece.removeprefix(end).partition(end + end)
        yield _part(head.decode(), content.removesuffix(end))


def _part(head: str, content: bytes) -> Part:
    headers = dict(line.split(":", 1) for line in head.splitlines() if ":" in line)
    named = {name.lower(): value.strip() for name, value in headers.items()}
    disposition = named.get("content-disposition", "")
    given = {each["name"]: each["value"] for each in _PARAMETER.finditer(disposition)}
    return Part(
        name=given.get("name", ""),
        file_name=given.get("filename"),
        content_type=named.get("content-type", ""),
        content=content,
    )

"""How the Bot API answers, and how it takes values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from gradeline.sandbox.exchange import Request, Response
from gradeline.sandbox.multipart import parts_of


def ok(result: object) -> Response:
    """Return what a method gives."""
    return Response(body=json.dumps({"ok": True, "result": result}).encode())


def error(status: int, description: str, **parameters: int) -> Response:
    """Return an error, with what the client may do about it."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Response(status=status, body=json.dumps(body).encode())


def values_of(request: Request) -> Mapping[str, Any]:
    """Return the values of a form; of files as `file <name of the part>` → (file name, bytes)."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return {name: each[0] for name, each in parse_qs(request.body.decode()).items()}
    return {
        part.name if part.file_name is None else f"file {part.name}": (
            part.content.decode() if part.file_name is None else (part.file_name, part.content)
        )
        for part in parts_of(kind, request.body)
    }


def attached(values: Mapping[str, Any], name: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that a value of a form stands for."""
    reference = str(values.get(name, "")).removeprefix("attach://")
    file: tuple[str, bytes] = values.get(f"file {reference}", ("", b""))
    return file

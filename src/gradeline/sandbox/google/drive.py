"""Drive, simulated: folders and files of one shared drive, with properties of an app."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from gradeline.sandbox.exchange import Request, Response
from gradeline.sandbox.google.answers import error, ok
from gradeline.sandbox.multipart import parts_of

FOLDER = "application/vnd.google-apps.folder"
#: A folder of the shared drive that the account may write to.
ROOT = "0AFolderOfReports"
#: A folder in the account's own space, where it has no storage.
OWN = "0AFolderOfItsOwn"

_PROPERTY = re.compile(r"appProperties has \{ key='(?P<key>\w+)' and value='(?P<value>\w+)' \}")
_NAME = re.compile(r"name = '(?P<name>(?:[^'\\]|\\.)*)'")
_PARENT = re.compile(r"'(?P<parent>\w+)' in parents")


@dataclass(kw_only=True)
class DriveFile:
    """A file or a folder."""

    file_id: str
    name: str
    mime_type: str
    parents: list[str]
    properties: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    number: int = 0  #: order of creation

    def shown(self) -> dict[str, Any]:
        """Return the file as the API shows it."""
        return {
            "id": self.file_id,
            "name": self.name,
            "mimeType": self.mime_type,
            "parents": self.parents,
            "appProperties": self.properties,
            "createdTime": f"2026-01-01T00:00:00.{self.number:03}Z",
            "webViewLink": f"https://drive.google.com/file/d/{self.file_id}/view",
            "md5Checksum": hashlib.md5(self.content, usedforsecurity=False).hexdigest(),
        }


class Drive:
    """The files, and the methods that read and write them."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._uploads: dict[str, DriveFile] = {}
        self.files: dict[str, DriveFile] = {}
        for folder in (ROOT, OWN):
            self._keep(DriveFile(file_id=folder, name=folder, mime_type=FOLDER, parents=[]))

    def documents(self) -> dict[str, bytes]:
        """Return every file that is no folder: path below its root → its bytes."""
        return {
            "/".join(self.path(each)): each.content
            for each in self.files.values()
            if each.mime_type != FOLDER
        }

    def respond(self, request: Request, parts: tuple[str, ...]) -> Response:
        """Answer a request to `drive/v3/files…`."""
        if request.param("supportsAllDrives") != "true" and parts[:1] != ("generateIds",):
            return error(404, "File not found: the drive is a shared one.", "notFound")
        if parts == ("generateIds",):
            return ok({"ids": [f"1Generated{next(self._numbers):08}"]})
        if request.method == "GET":
            if request.param("alt") == "media" and parts and parts[0] in self.files:
                content = self.files[parts[0]].content
                return Response(content_type="application/octet-stream", body=content)
            return self._get(parts[0]) if parts else self._list(request.param("q"))
        metadata = json.loads(request.body or b"{}")
        return self._create(metadata, b"", "") if not parts else self._update(parts[0], b"")

    def upload(self, request: Request, parts: tuple[str, ...]) -> Response:
        """Answer a request to `upload/drive/v3/files…`, in one request or in pieces."""
        kind = request.param("uploadType")
        if kind == "resumable":
            return self._upload_piece(request, parts)
        found = list(parts_of(request.headers.get("content-type", ""), request.body))
        metadata = json.loads(found[0].content) if len(found) > 1 else {}
        content = found[-1].content if found else request.body
        media = found[-1].content_type if found else request.headers.get("content-type", "")
        if parts:
            return self._update(parts[0], content)
        return self._create(metadata, content, media)

    def _upload_piece(self, request: Request, parts: tuple[str, ...]) -> Response:
        number = request.param("upload_id")
        if request.method != "PUT" or not number:
            number = str(next(self._numbers))
            place = f"{request.address}{request.path}?uploadType=resumable&upload_id={number}"
            metadata = json.loads(request.body or b"{}")
            self._uploads[number] = DriveFile(
                file_id=metadata.get("id", parts[0] if parts else ""),
                name=metadata.get("name", ""),
                mime_type=request.headers.get("x-upload-content-type", ""),
                parents=metadata.get("parents", []),
                properties=metadata.get("appProperties", {}),
            )
            shared = f"{place}&supportsAllDrives=true"
            return Response(headers=(("Location", shared),), body=b"{}")
        begun = self._uploads[number]
        begun.content += request.body
        end, _, whole = request.headers.get("content-range", "bytes 0-0/0").partition("/")
        if int(end.rpartition("-")[2]) + 1 < int(whole):
            last = len(begun.content) - 1
            return Response(status=308, headers=(("Range", f"bytes=0-{last}"),), body=b"")
        if begun.file_id in self.files:
            return self._update(begun.file_id, begun.content)
        metadata = {
            "id": begun.file_id,
            "name": begun.name,
            "parents": begun.parents,
            "appProperties": begun.properties,
        }
        return self._create(metadata, begun.content, begun.mime_type)

    def _get(self, file_id: str) -> Response:
        file = self.files.get(file_id)
        return ok(file.shown()) if file else error(404, f"File not found: {file_id}.", "notFound")

    def _list(self, query: str) -> Response:
        found = [each for each in self.files.values() if _matches(each, query)]
        found.sort(key=lambda each: each.number)
        return ok({"files": [each.shown() for each in found]})

    def _create(self, metadata: Mapping[str, Any], content: bytes, media_type: str) -> Response:
        parents = list(metadata.get("parents", []))
        file_id = metadata.get("id") or f"1Created{next(self._numbers):08}"
        if file_id in self.files:
            return error(409, "A file already exists with the provided ID.", "fileIdInUse")
        if not parents or parents[0] not in self.files:
            return error(404, f"File not found: {parents[:1]}.", "notFound")
        if content and self.path(self.files[parents[0]], with_root=True)[0] == OWN:
            text = "Service Accounts do not have storage quota. Use shared drives instead."
            return error(403, text, "storageQuotaExceeded")
        made = DriveFile(
            file_id=file_id,
            name=str(metadata.get("name", "Untitled")),
            mime_type=str(metadata.get("mimeType") or media_type),
            parents=parents,
            properties=dict(metadata.get("appProperties", {})),
            content=content,
        )
        self._keep(made)
        return ok(made.shown())

    def _update(self, file_id: str, content: bytes) -> Response:
        file = self.files.get(file_id)
        if file is None:
            return error(404, f"File not found: {file_id}.", "notFound")
        file.content = content
        return ok(file.shown())

    def _keep(self, file: DriveFile) -> None:
        file.number = next(self._numbers)
        self.files[file.file_id] = file

    def path(self, file: DriveFile, *, with_root: bool = False) -> list[str]:
        """Return the names of the folders above a file, and its own."""
        names = [file.name]
        while file.parents:
            file = self.files[file.parents[0]]
            names.insert(0, file.name)
        return names if with_root else names[1:]


def _matches(file: DriveFile, query: str) -> bool:
    """Whether a file fits the parts of a query that we know."""
    owned, named, inside = (p.search(query) for p in (_PROPERTY, _NAME, _PARENT))
    if owned and file.properties.get(owned["key"]) != owned["value"]:
        return False
    if named and file.name != re.sub(r"\\(.)", r"\1", named["name"]):
        return False
    if "mimeType = '" in query and file.mime_type != FOLDER:
        return False
    return inside is None or inside["parent"] in file.parents

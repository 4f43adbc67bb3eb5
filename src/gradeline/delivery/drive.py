"""Google Drive: documents in folders by category, course and group, each replaced in place.

A file is known by a property of ours, not by its name, so that people may rename or move it. It is
created with an id that was asked for and noted before, so a repeat cannot make a second copy.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from gradeline.base.errors import DeliveryError, DeliveryRefused
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.google import GoogleAccount, checked
from gradeline.delivery.message import Document, Receipt
from gradeline.records.recipients import What

_FOLDER = "application/vnd.google-apps.folder"
_PROPERTY = "gradeline"
_FIELDS = "id,name,md5Checksum,webViewLink,createdTime"
#: Google recommends one request up to 5 MB, and an upload in pieces beyond.
_ONE_REQUEST_BYTES = 5_000_000
_ALL_DRIVES = {"supportsAllDrives": True}
_TAKES = frozenset({What.COURSE_REPORT, What.GROUP_REPORT})


class DriveChannel:
    """Puts documents into a folder of Drive, or of a shared drive; the address is its id."""

    name = "drive"
    traits = Traits(takes=_TAKES, keeps_folders=True, can_find=True)
    limits = Limits()

    def __init__(self, account: GoogleAccount) -> None:
        self._account = account
        self.identity = account.email
        self._api: Any = None
        self._folders: dict[tuple[str, ...], str] = {}  #: (root, category, course, …) → id

    def resolve(self, address: str) -> str:
        """Return the id of a folder, by its id or its address in the browser."""
        folder = address.rstrip("/").rpartition("/")[2].partition("?")[0]
        with self._connected(), self._account.errors(f"the folder {folder}"):
            found = self._api.get(fileId=folder, fields="id,mimeType", **_ALL_DRIVES).execute()
        if found.get("mimeType") != _FOLDER:
            raise DeliveryRefused(f"{folder} is no folder.", hint="Give the id of a folder.")
        return str(found["id"])

    def send(self, envelope: Envelope) -> Receipt:
        """Create or replace each document; one that is there with the same bytes stays."""
        with self._connected():
            ids = [self._put(envelope, document) for document in envelope.message.documents]
        return Receipt(provider_id=",".join(ids)[:1_000])

    def find(self, envelope: Envelope) -> Receipt | None:
        """Look whether every document is there with its bytes."""
        ids = []
        with self._connected():
            for document in envelope.message.documents:
                parent = self._folder(envelope.address, document.folder, create=False)
                file = self._file(envelope.address, parent, document) if parent else None
                if file is None or file.get("md5Checksum") != _md5(document):
                    return None
                ids.append(str(file["id"]))
        return Receipt(provider_id=",".join(ids)[:1_000]) if ids else None

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Look at the folder."""
        return checked(lambda: self.resolve(address))

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Keep one connection for the requests of the block."""
        drive = self._account.open("drive", "v3")
        self._api = drive.files()
        try:
            yield
        finally:
            drive.close()

    def _put(self, envelope: Envelope, document: Document) -> str:
        step = "/".join((*document.folder, document.name))
        if step in envelope.done:
            return envelope.done[step]
        parent = self._folder(envelope.address, document.folder)
        file = self._file(envelope.address, parent, document)
        if file is None:
            made = self._create(envelope, document, parent, step)
        elif file.get("md5Checksum") != _md5(document):
            made = self._update(str(file["id"]), document)
        else:
            made = str(file["id"])
        envelope.record_step(step, made)
        return made

    def _create(self, envelope: Envelope, document: Document, parent: str, step: str) -> str:
        """Create a file under an id that is noted first."""
        noted = f"id of {step}"
        file_id = envelope.done.get(noted)
        if file_id is None:
            with self._account.errors(document.name):
                file_id = str(self._api.generateIds(count=1).execute()["ids"][0])
            envelope.record_step(noted, file_id)
        body = {
            "id": file_id,
            "name": document.name,
            "parents": [parent],
            "appProperties": {_PROPERTY: _mark(envelope.address, document.key)},
        }
        with self._account.errors(document.name, sends=True):
            try:
                self._api.create(
                    body=body, media_body=_media(document), fields="id", **_ALL_DRIVES
                ).execute()
            except HttpError as error:
                if error.status_code != 409:  # it exists: an earlier try got through
                    raise
                return self._update(file_id, document)
        return file_id

    def _update(self, file_id: str, document: Document) -> str:
        # No `sends`: the same bytes again are the same file.
        with self._account.errors(document.name):
            self._api.update(
                fileId=file_id, media_body=_media(document), fields="id", **_ALL_DRIVES
            ).execute()
        return file_id

    def _file(self, root: str, parent: str, document: Document) -> dict[str, Any] | None:
        """Return the file that a document has below a root, wherever people moved it since."""
        mark = _mark(root, document.key)
        found = self._search(f"appProperties has {{ key='{_PROPERTY}' and value='{mark}' }}")
        inside = [each for each in found if parent in each.get("parents", [])]
        return next(iter([*inside, *found]), None)

    def _folder(self, root: str, path: tuple[str, ...], *, create: bool = True) -> str:
        """Return the id of a folder below the root; empty = it is not there."""
        parent = root
        for depth in range(1, len(path) + 1):
            place = (root, *path[:depth])
            if place not in self._folders:
                made = self._find_folder(parent, path[depth - 1]) or (
                    self._make_folder(parent, path[depth - 1]) if create else ""
                )
                if not made:
                    return ""
                self._folders[place] = made
            parent = self._folders[place]
        return parent

    def _find_folder(self, parent: str, name: str) -> str:
        quoted = name.replace("\\", "\\\\").replace("'", "\\'")
        found = self._search(
            f"name = '{quoted}' and mimeType = '{_FOLDER}' and '{parent}' in parents"
        )
        return str(found[0]["id"]) if found else ""

    def _make_folder(self, parent: str, name: str) -> str:
        body = {"name": name, "mimeType": _FOLDER, "parents": [parent]}
        # No `sends`: a folder whose answer was lost is found by its name.
        with self._account.errors(f"the folder {name}"):
            made = self._api.create(body=body, fields="id", **_ALL_DRIVES).execute()
        return str(made["id"])

    def _search(self, query: str) -> list[dict[str, Any]]:
        """Return the files of a query that are not in the bin, the oldest first."""
        with self._account.errors("the drive"):
            page = self._api.list(
                q=f"{query} and trashed = false",
                fields=f"files({_FIELDS},parents)",
                orderBy="createdTime",
                corpora="allDrives",
                includeItemsFromAllDrives=True,
                **_ALL_DRIVES,
            )
            found: list[dict[str, Any]] = page.execute().get("files", [])
        return found


def _mark(root: str, key: str) -> str:
    """Return what marks a file as that document; property and value may have 124 bytes."""
    return hashlib.sha256(f"{root}\0{key}".encode()).hexdigest()


def _md5(document: Document) -> str:
    return hashlib.md5(document.content, usedforsecurity=False).hexdigest()


def _media(document: Document) -> MediaIoBaseUpload:
    return MediaIoBaseUpload(
        io.BytesIO(document.content),
        mimetype=document.media_type,
        resumable=len(document.content) > _ONE_REQUEST_BYTES,
    )

"""What goes to people: a message with its documents, the same for every channel."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

Cell = str | int | float | date | None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that a message brings."""

    name: str  #: the file's name, e.g. `course_report.pdf`
    media_type: str  #: e.g. `application/pdf`
    content: bytes = field(repr=False)
    key: str  #: where it lies in the school's store, e.g. `reports/AAA/2013J/course_report.pdf`
    folder: tuple[str, ...] = ()  #: folders for channels that have them: category, course

    @property
    def full_name(self) -> str:
        """A name that is its own among documents of several courses: `AAA_2013J_report.pdf`."""
        return "_".join((*self.folder, self.name)).replace("/", "_")

    @cached_property
    def sha256(self) -> str:
        """The digest of its content, 64 hex digits."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows for a sheet. A row replaces the one in the sheet whose first cell is the same."""

    title: str  #: of the sheet, e.g. `Daily figures`
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]  #: each as long as the header


@dataclass(frozen=True, kw_only=True)
class Message:
    """What one recipient gets at one occasion; a channel uses what it can show."""

    subject: str  #: one line
    text: str  #: everything, in plain text
    html: str = ""  #: the same for channels that show HTML; images by `cid:<name>`
    images: Mapping[str, bytes] = field(
        default_factory=dict
    )  #: PNG files that `html` shows, by name
    documents: tuple[Document, ...] = ()
    table: Table | None = None
    unsubscribe_url: str = ""  #: where one click ends these messages; empty = there is no such page


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the service said when it took a message."""

    provider_id: str  #: the service's own id of the message, file or range
    url: str = ""  #: where people can see it, if the service said
    moved_to: str = ""  #: the address that the service now knows the old one by

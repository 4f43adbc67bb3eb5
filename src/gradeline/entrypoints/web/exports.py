"""Exports as API and page ask for them: who may have which file, and its signed link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gradeline.access.file_links import file_url
from gradeline.access.principals import Principal
from gradeline.access.signing_keys import SigningKeys
from gradeline.base.errors import NotAllowed
from gradeline.lake import Lake
from gradeline.records.exports import Export, ExportFormat, ExportStatus
from gradeline.warehouse import Connection
from gradeline.warehouse.exports import requests


@dataclass(frozen=True, kw_only=True)
class ExportParts:
    """What exports and links to files work with."""

    lake: Lake  #: keeps their files
    keys: SigningKeys  #: sign links
    per_hour: int = 5  #: files that one login may ask for in an hour
    link_lives: timedelta = timedelta(hours=24)  #: so long a link to a file is valid
    language: str = "en"  #: of files and notices where none is asked for
    channels: frozenset[str] = frozenset()  #: that notices may go through


@dataclass(frozen=True, kw_only=True)
class SignedLink:
    """An address that gives a file to whoever has it."""

    url: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When and where a link is asked for."""

    now: datetime
    public_url: str  #: where people reach us


def check_export(principal: Principal, format_: ExportFormat) -> None:
    """Check that somebody may ask for a file of that kind.

    Raises:
        NotAllowed: nobody would be told whose it is, or it names learners whom they may not see.
    """
    if not principal.login:
        raise NotAllowed("Files are for people who sign in by name.")
    if format_ is ExportFormat.CSV and not principal.sees_names:
        raise NotAllowed(
            "A CSV file names learners, which your role may not see.",
            hint="Ask for a PDF or an XLSX file.",
        )


def has_file(export: Export, now: datetime) -> bool:
    """Whether the file of an export can be fetched."""
    return export.status is ExportStatus.READY and not export.is_over(now)


def link_to(
    connection: Connection, exports: ExportParts, export: Export, at: Moment
) -> SignedLink | None:
    """Return the link of whoever asks to an export; None = its file is not there.

    Args:
        connection: shows what whoever asks may see.
        exports: what signs.
        export: that they may see.
        at: when and where it is asked for.
    """
    if not has_file(export, at.now):
        return None
    link = requests.link(connection, export.export_id, exports.link_lives)
    if link is None:
        return None
    url = file_url(link, exports.keys, at.public_url, at.now)
    return SignedLink(url=url, expires_at=link.expires_at)

"""Addresses that are signed: of files, and of the page that ends messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from gradeline.access.signed_links import LONGEST_LIFE, Link, Purpose, sign, verify
from gradeline.access.signing_keys import SigningKeys
from gradeline.records.exports import FileLink


def file_path(link_id: UUID) -> str:
    """Return the path at which a link gives its file."""
    return f"/exports/{link_id}/file"


def file_url(link: FileLink, keys: SigningKeys, public_url: str, now: datetime) -> str:
    """Return the address at which a link gives its file until it expires."""
    life = max(timedelta(seconds=1), min(LONGEST_LIFE, link.expires_at - now))
    path = file_path(link.link_id)
    return f"{public_url}{path}?{sign(_signed(link, 'GET', path), keys, life)}"


def check_file_link(
    link: FileLink, keys: SigningKeys, *, method: str, path: str, query: str
) -> None:
    """Check that a request for a file is the one that was signed, to the last sign.

    Args:
        link: as it is kept: the signature covers whom it was made for, and the file's bytes.
        keys: of the installation.
        method: of the request.
        path: of the request.
        query: of the request, as it came.

    Raises:
        NotAllowed: we did not sign it, or something of it is another one.
        Gone: its time is over.
    """
    verify(_signed(link, method, path), query, keys)


def unsubscribe_path(recipient_id: int) -> str:
    """Return the path of the page that ends the messages to a recipient."""
    return f"/unsubscribe/{recipient_id}"


def unsubscribe_url(recipient_id: int, keys: SigningKeys, public_url: str) -> str:
    """Return the address of that page; it never ends."""
    query = sign(_of_recipient(recipient_id), keys)
    return f"{public_url}{unsubscribe_path(recipient_id)}?{query}"


def check_unsubscribe_link(recipient_id: int, query: str, keys: SigningKeys) -> None:
    """Check that a link to that page was made for the recipient; the button sends it, too.

    Raises:
        NotAllowed: it was not.
    """
    verify(_of_recipient(recipient_id), query, keys)


def _signed(link: FileLink, method: str, path: str) -> Link:
    return Link(
        purpose=Purpose.FILE,
        path=path,
        subject=str(link.export_id),
        asker=link.asker,
        content=link.sha256,
        method=method,
    )


def _of_recipient(recipient_id: int) -> Link:
    path = unsubscribe_path(recipient_id)
    return Link(purpose=Purpose.UNSUBSCRIBE, path=path, subject=str(recipient_id))

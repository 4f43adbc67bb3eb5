"""Addresses that are signed: of files, and of the page that ends messages."""

from __future__ import annotations

from urllib.parse import urlencode

from gradeline.access.link_signer import LinkPurpose, LinkSigner
from gradeline.records.exports import FileLink

#: Names of what a link to a file carries, in their order.
LINK, EXPIRES, SIGNATURE = "link", "expires", "signature"
RECIPIENT = "recipient"
UNSUBSCRIBE_PATH = "/unsubscribe"
_METHOD = "GET"


def file_path(link: FileLink) -> str:
    """Return the path of a file on our server."""
    return f"/exports/{link.export_id}/file"


def file_url(link: FileLink, signer: LinkSigner, public_url: str) -> str:
    """Return the address at which a link gives its file."""
    expires = _expires(link)
    signature = signer.sign(LinkPurpose.FILE, *_covered(link, _METHOD, file_path(link), expires))
    carried = {LINK: link.link_id, EXPIRES: expires, SIGNATURE: signature}
    return f"{public_url}{file_path(link)}?{urlencode(carried)}"


def is_signed(
    link: FileLink, signer: LinkSigner, *, method: str, path: str, expires: str, signature: str
) -> bool:
    """Whether a request for a file is the one that was signed, to the last sign.

    Args:
        link: as it is kept; its signature covers whom it was made for, and the file's bytes.
        signer: verifies.
        method: of the request.
        path: of the request.
        expires: as the request carries it.
        signature: as the request carries it.
    """
    covered = _covered(link, method, path, expires)
    return signer.verify(LinkPurpose.FILE, signature, *covered) and path == file_path(link)


def unsubscribe_url(recipient_id: int, signer: LinkSigner, public_url: str) -> str:
    """Return the address of the page that ends the messages to a recipient; it never expires."""
    signature = signer.sign(LinkPurpose.UNSUBSCRIBE, str(recipient_id))
    carried = {RECIPIENT: recipient_id, SIGNATURE: signature}
    return f"{public_url}{UNSUBSCRIBE_PATH}?{urlencode(carried)}"


def is_recipient(recipient: str, signer: LinkSigner, signature: str) -> bool:
    """Whether a link to the page was made for that recipient."""
    return signer.verify(LinkPurpose.UNSUBSCRIBE, signature, recipient)


def _expires(link: FileLink) -> str:
    return str(int(link.expires_at.timestamp()))


def _covered(link: FileLink, method: str, path: str, expires: str) -> tuple[str, ...]:
    """Return what the signature covers; without an end of its own no link is valid."""
    return (method, path, str(link.link_id), str(link.export_id), link.asker, link.sha256, expires)

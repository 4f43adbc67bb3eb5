"""Files that are too large for a channel: kept for a week, and sent as a signed link."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from gradeline.access.file_links import file_url
from gradeline.access.signed_links import LONGEST_LIFE
from gradeline.base.clock import now
from gradeline.delivery.message import Document
from gradeline.flows.parts import Links
from gradeline.lake import Lake, document_key
from gradeline.lake.places import EXPORT_FILES
from gradeline.records.exports import StoredFile
from gradeline.records.messages import StoredMessage
from gradeline.records.recipients import Recipient
from gradeline.warehouse import Connection
from gradeline.warehouse.exports import work


class LinkedFiles:
    """Gives the documents of one message addresses; again the same ones at each try of it."""

    def __init__(self, links: Links, lake: Lake, connection: Connection) -> None:
        self._links = links
        self._lake = lake
        self._connection = connection

    def link_to(self, stored: StoredMessage, recipient: Recipient, document: Document) -> str:
        """Return an address at which a document of a message is for a week, and keep it there.

        Raises:
            LakeError: the store does not take it.
        """
        export_id = uuid5(NAMESPACE_URL, f"{stored.key} {document.key} {document.sha256}")
        key = document_key(*EXPORT_FILES.split("/"), str(export_id), "0", document.name)
        self._lake.replace(key, document.content)
        file = StoredFile(
            storage_key=key,
            file_name=document.name,
            media_type=document.media_type,
            size=len(document.content),
            sha256=document.sha256,
        )
        at = now()
        with self._connection.transaction():
            link = work.put_linked(
                self._connection,
                export_id,
                file,
                recipient=recipient,
                now=at,
                expires_at=at + LONGEST_LIFE,
            )
        return file_url(link, self._links.keys, self._links.public_url, at)

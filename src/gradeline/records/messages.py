"""Messages to recipients as the ledger of deliveries keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from gradeline.records.recipients import What


class MessageState(StrEnum):
    """How far a message got."""

    WAITING = "waiting"  #: to be sent, now or after a wait
    SENDING = "sending"  #: a try began; if its process is gone, what arrived is looked up
    SENT = "sent"
    UNKNOWN = "unknown"  #: the service may have taken it; only a person sends it again
    REFUSED = "refused"  #: the service does not take it for that address
    FAILED = "failed"  #: no try of a whole day succeeded
    DROPPED = "dropped"  #: what it was about changed, or the recipient may no longer see it


@dataclass(frozen=True, kw_only=True, order=True)
class DocumentDue:
    """One document that is due to a recipient at one occasion."""

    document: str  #: a course id; a school day; a run
    occasion: str  #: the due instant of a schedule, or a digest of the document


@dataclass(frozen=True, kw_only=True)
class StoredMessage:
    """One message of the ledger."""

    message_id: int
    recipient_id: int | None  #: None = the recipient was removed
    channel: str
    address: str
    what: What
    content: Mapping[str, Any] = field(default_factory=dict)
    build_id: int | None
    state: MessageState
    tries: int  #: begun so far
    next_try_at: datetime
    done_steps: Mapping[str, str] = field(default_factory=dict)
    provider_id: str | None
    url: str | None
    error: str | None
    created_at: datetime
    tried_since: datetime  #: after a day of tries it has failed
    sent_at: datetime | None
    documents: tuple[DocumentDue, ...] = ()  #: in their order

    @property
    def key(self) -> str:
        """What every try of it, and no other message, is known by at the service."""
        return f"gradeline-message-{self.message_id}-{self.created_at:%Y%m%d%H%M%S%f}"

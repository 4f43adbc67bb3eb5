"""Signed links of ours: whoever has one may do one thing, to one thing, until an instant.

The signature is an HMAC-SHA256 over all that the link is for. Its key is made for the purpose, so
that no link of one purpose is one of another. The query of a link has the id of the key, the
instant, and the signature; the rest comes from the path and from what we keep.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from dataclasses import astuple, dataclass
from datetime import timedelta
from enum import StrEnum

from gradeline.access.signing_keys import SigningKeys
from gradeline.base.errors import Gone, NotAllowed
from gradeline.records.signing_keys import SigningKey

#: How long a link lives at most, and so how long a key verifies after it was retired.
LONGEST_LIFE = timedelta(days=7)
#: In place of the instant, for links that never end.
_NEVER = "never"
_QUERY = re.compile(r"key=([0-9a-f]{12})&until=([1-9][0-9]{0,11}|never)&sign=([A-Za-z0-9_-]{43})")
_FORM = "link of Gradeline, 1"


class Purpose(StrEnum):
    """What a link is for."""

    FILE = "file"
    SIGN_IN = "sign-in"
    UNSUBSCRIBE = "unsubscribe"
    WEBHOOK = "webhook"


#: Purposes whose links never end: who gets mail can end that however old the mail is.
ENDLESS = frozenset({Purpose.UNSUBSCRIBE})


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a link is for; each part of it is signed."""

    purpose: Purpose
    path: str  #: of the address, as it is asked for
    subject: str  #: the id of what it leads to: an export, a recipient
    asker: str = ""  #: for whom it was made
    content: str = ""  #: SHA-256 of the bytes that it leads to, in hex; empty = of none
    method: str = "GET"


def sign(link: Link, keys: SigningKeys, life: timedelta | None = None) -> str:
    """Return the query of a link.

    Args:
        link: what it is for.
        keys: of the installation.
        life: how long it is valid; None for those that never end.

    Raises:
        ValueError: it would live too long, or for ever though its purpose ends.
    """
    if (life is None) != (link.purpose in ENDLESS):
        raise ValueError(f"a link for {link.purpose} {'needs' if life is None else 'has no'} end")
    if life is not None and not timedelta(seconds=1) <= life <= LONGEST_LIFE:
        raise ValueError(f"a link lives from one second to seven days, not {life}")
    until = _NEVER if life is None else str(int(keys.clock() + life.total_seconds()))
    return _query(link, keys.current(), until)


def verify(link: Link, query: str, keys: SigningKeys) -> None:
    """Check that we signed a link, and that its time is not over.

    Args:
        link: what is asked for, from the request and from what we keep of its subject.
        query: of the request, as it came.
        keys: of the installation.

    Raises:
        NotAllowed: we did not sign it, or something of it is another one.
        Gone: its time is over.
    """
    found = _QUERY.fullmatch(query)
    key = None if found is None else keys.find(found[1])
    if found is None or key is None:
        raise _not_valid()
    until = found[2]
    # Whole queries are compared: a signature has several spellings in base64.
    if not hmac.compare_digest(_query(link, key, until).encode(), query.encode()):
        raise _not_valid()
    if (until == _NEVER) != (link.purpose in ENDLESS):
        raise _not_valid()
    if until != _NEVER and _end(int(until), key) <= keys.clock():
        raise Gone("The time of this link is over.", hint="Ask for another one.")


def _end(until: int, key: SigningKey) -> float:
    """Return when a link ends: as signed, and not after what a retired key can have signed."""
    if key.retired_at is None:
        return until
    return min(until, key.retired_at.timestamp() + LONGEST_LIFE.total_seconds())


def _query(link: Link, key: SigningKey, until: str) -> str:
    # As JSON, so that no two links have the same text.
    text = json.dumps([_FORM, *astuple(link), key.key_id, until])
    purpose_key = hmac.digest(key.secret, link.purpose.encode(), "sha256")
    digest = hmac.digest(purpose_key, text.encode(), "sha256")
    signature = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return f"key={key.key_id}&until={until}&sign={signature}"


def _not_valid() -> NotAllowed:
    return NotAllowed("This link is not valid.", hint="Open it as it was sent, or ask for another.")

"""What a mail server's refusal means: our error, with what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused
from gradeline.base.masking import shorten


class Stage(Enum):
    """What the server answered to."""

    GREETING = "the connection"
    LOGIN = "the login"
    SENDER = "the sender"
    RECIPIENT = "the recipient"
    CONTENT = "the message"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A reply of a mail server that is no consent."""

    code: int  #: three digits; -1 where the server wrote none
    text: str
    stage: Stage

    @property
    def status(self) -> str:
        """The enhanced status (RFC 3463), e.g. `5.1.1`; empty where the server gave none."""
        found = re.match(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)", self.text)
        return found[0] if found else ""

    @property
    def words(self) -> str:
        """Code and text in one line that is not too long for a message."""
        return f"{self.code} {shorten(self.text, _WORDS)}".strip()


_WORDS = 300
#: Gmail takes no more mail for up to a day; it says so with a status that only looks like for ever.
_QUOTA, _QUOTA_WAIT_S = "5.4.5", 3600.0
_LOGIN_CODES = frozenset({530, 534, 535, 538})
_MAILBOX_FULL = "5.2.2"
_TOO_BIG = frozenset({"5.2.3", "5.3.4"})
_WAIT = re.compile(
    r"\b(?:in|after|for|wait)\s+(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?|h|hours?)\b",
    re.IGNORECASE,
)
_SECONDS = {"s": 1, "m": 60, "h": 3600}

_QUOTA_HINT = (
    "The account has sent as much as its provider allows for a day (Gmail: 500 messages, Google"
    " Workspace: 2000). It goes on by itself; send to fewer addresses, or by another account."
)
_LATER_HINT = "The message is tried again by itself."
_LOGIN_HINT = (
    "Check SENDER_EMAIL and SENDER_PASSWORD. Gmail takes no ordinary password: switch on 2-step"
    " verification (2FA), make an app password at https://myaccount.google.com/apppasswords, and"
    " use it with SMTP_PORT=587 (STARTTLS) or 465 (TLS)."
)
_SENDER_HINT = "SENDER_EMAIL must be an address that this account may send from."
_RECIPIENT_HINT = "Correct the address, or remove it from the recipients."
_FULL_HINT = "The mailbox of the recipient is full. Ask for room in it, or use another address."
_SIZE_HINT = "Send fewer or smaller documents to this address, or send them by another channel."
_POLICY_HINT = (
    "The server's rules refuse it. Make sure that SPF and DKIM of the sender's domain name this"
    " server, and that SENDER_EMAIL is an address of that domain."
)
_RELAY_HINT = (
    "The server passes on mail only of those who log in, or of networks that it knows. Set"
    " SENDER_PASSWORD, or SMTP_SERVER to the server of the sender's provider."
)
_GREETING_HINT = "Check SMTP_SERVER and SMTP_PORT, and that this server serves your network."


def error_of(reply: Reply, *, server: str, address: str) -> DeliveryError:
    """Return what a refusal means: later for 4xx and for a quota, else for good.

    Args:
        reply: what the server said.
        server: its name and port, for the message.
        address: whom the mail is for.
    """
    whom = f" for {address}" if reply.stage in (Stage.RECIPIENT, Stage.CONTENT) else ""
    what = f"The mail server {server} refused {reply.stage.value}{whom}: {reply.words}."
    if reply.status == _QUOTA:
        return DeliveryLater(what, hint=_QUOTA_HINT, retry_after_s=_QUOTA_WAIT_S)
    if reply.code < 500 or reply.code > 599:
        return DeliveryLater(what, hint=_LATER_HINT, retry_after_s=wait_in(reply.text))
    hint = _hint(reply)
    case = "the-mail-server-refuses-the-login-535" if hint == _LOGIN_HINT else ""
    return DeliveryRefused(what, hint=hint, case=case)


def wait_in(text: str) -> float | None:
    """Return the seconds that a text asks to wait: `try again in 5 minutes`; None = it does not."""
    found = _WAIT.search(text)
    return None if found is None else float(found[1]) * _SECONDS[found[2][0].lower()]


def _hint(reply: Reply) -> str:
    if reply.stage is Stage.LOGIN or reply.code in _LOGIN_CODES:
        return _LOGIN_HINT
    if reply.status == _MAILBOX_FULL:
        return _FULL_HINT
    if "relay" in reply.text.lower():
        return _RELAY_HINT
    if reply.status.startswith("5.7."):  # before 552, which Gmail says of forbidden attachments too
        return _POLICY_HINT
    if reply.code == 552 or reply.status in _TOO_BIG:
        return _SIZE_HINT
    by_stage = {
        Stage.GREETING: _GREETING_HINT,
        Stage.SENDER: _SENDER_HINT,
        Stage.RECIPIENT: _RECIPIENT_HINT,
    }
    return by_stage.get(reply.stage, _POLICY_HINT)

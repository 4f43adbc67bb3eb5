"""A mail address: one, checked, in the form in which it goes into commands and headers."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Line breaks of every kind, control characters and half characters: they are never part of a name.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

_NAMED = re.compile(r'"?(?P<name>[^<>"]*?)"?\s*<(?P<address>[^<>]*)>')
#: What may stand before the @ without quotes (RFC 5321), at most 64 characters.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_LOCAL_LENGTH = 64


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """Where mail comes from or goes to."""

    address: str  #: ASCII only: `ana@xn--80avjl.xn--p1ai`
    name: str = ""  #: what people see beside the address, any letters, one line

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


def read_mailbox(text: str) -> Mailbox:
    """Return the one address of a text: `ana@school.example`, `Ana <ana@school.example>`.

    The domain may have letters of any script; servers know it by its ASCII form.

    Raises:
        ValueError: it is no address, or more than one; the message says why.
    """
    if CONTROLS.search(text):
        raise ValueError("it has line breaks or control characters")
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"], named["address"]) if named else ("", text.strip())
    local, at, domain = address.strip().rpartition("@")
    if not at or any(sign in address for sign in ' ,;"'):
        raise ValueError("it must be one address like name@school.example")
    if not local.isascii():
        raise ValueError("only ASCII letters can stand before the @")
    if len(local) > _LOCAL_LENGTH or not _LOCAL.fullmatch(local):
        raise ValueError("what stands before the @ is no mail name")
    return Mailbox(address=f"{local}@{_ascii_domain(domain)}", name=name.strip())


def _ascii_domain(domain: str) -> str:
    try:
        known = domain.encode("idna").decode().lower()
    except UnicodeError:
        known = ""
    if not _DOMAIN.fullmatch(known) or ".." in known:
        raise ValueError("what stands after the @ is no domain")
    return known

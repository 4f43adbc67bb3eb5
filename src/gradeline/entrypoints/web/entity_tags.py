"""Entity tags as conditional requests name them (RFC 9110, section 13)."""

from __future__ import annotations

ANY = "*"


def tag_in(header: str | None) -> str | None:
    """Return the one tag of a header, without its quotes; `*` stays, None = no header."""
    return None if header is None else header.strip().removeprefix("W/").strip('"')


def names_tag(header: str | None, tag: str) -> bool:
    """Whether a list of tags has this one, or is `*`.

    Args:
        header: as it was sent; None = it was not.
        tag: without quotes.
    """
    if header is None:
        return False
    named = {tag_in(one) for one in header.split(",")}
    return tag in named or ANY in named

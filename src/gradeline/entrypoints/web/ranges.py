"""Parts of a body that a client asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re

#: One range; several at once are answered with the whole body, as the standard lets a server do.
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class NotSatisfiable(Exception):
    """The range lies beyond the end of the body, which has `size` bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"Range asks for what lies beyond the end of {size} bytes.")
        self.size = size


def read_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the part `[start, end)` of a body that a Range header asks for.

    Args:
        header: as it was sent; None = it was not.
        size: bytes of the body.

    Returns:
        The part; None = the whole body, also where the header is none that we know.

    Raises:
        NotSatisfiable: no byte of the body is in that range.
    """
    found = _RANGE.fullmatch(header.replace(" ", "")) if header is not None else None
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= end:
        raise NotSatisfiable(size)
    return start, end

"""Pages as LearnWorlds has them: newest first, the last one repeated, and shifting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from gradeline.sandbox.exchange import Request

Record = dict[str, object]

#: The most that `items_per_page` may ask for.
MOST = 200


class BadPage(ValueError):
    """A parameter (a page, its size, an instant) is not a number that the contract allows."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How the pages of one path behave."""

    size: int = 20
    sized: bool = True  #: whether `items_per_page` counts
    repeats: bool = True  #: whether a page too high is the last one again (else it is empty)
    shifts: bool = False  #: whether a record is added at the front while it is read


class Pager:
    """Cuts lists into pages, and remembers which lists were read before.

    In a list that shifts, the newest record is added after the first page was read: a client that
    goes on from page to page gets one record twice and misses the new one.
    """

    def __init__(self) -> None:
        self._begun: set[str] = set()

    def page(self, records: Sequence[Record], request: Request, shape: Shape) -> Record:
        """Return one page in its envelope.

        Raises:
            BadPage: page or items_per_page is out of range.
        """
        size = _number(request, "items_per_page", shape.size) if shape.sized else shape.size
        page = _number(request, "page", 1)
        if size > MOST:
            raise BadPage("items_per_page")
        current = self._current(records, request, size) if shape.shifts else records
        pages = ceil(len(current) / size)
        page = min(page, max(pages, 1)) if shape.repeats else page
        data = current[(page - 1) * size : page * size]
        return {
            "data": list(data),
            "meta": {
                "page": page,
                # The contract's total is the number of items in this page.
                "totalItems": len(data),
                "totalPages": pages,
                "itemsPerPage": size,
            },
        }

    def _current(self, records: Sequence[Record], request: Request, size: int) -> Sequence[Record]:
        if len(records) <= size or request.path in self._begun:
            return records
        self._begun.add(request.path)
        return records[1:]


def _number(request: Request, name: str, default: int) -> int:
    text = request.param(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadPage(name)
    return int(text)

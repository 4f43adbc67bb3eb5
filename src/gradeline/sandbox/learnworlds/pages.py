"""Pages as LearnWorlds gives them: newest first, the last one again and again, and shifting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from gradeline.sandbox.exchange import Request

Record = dict[str, object]

#: The most that `items_per_page` may ask for.
MOST = 200


class BadPage(ValueError):
    """A parameter (a page, its size, an instant) is no number that the contract allows."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How one address gives pages."""

    size: int = 20
    sized: bool = True  #: whether `items_per_page` is heard
    repeats: bool = True  #: whether a page too high is the last one again (else it is empty)
    shifts: bool = False  #: whether a record is added at the front while it is read


class Pager:
    """Cuts lists into pages and remembers which of them have begun to be read.

    In a list that shifts, the newest record comes into being when the first page has been given:
    who only goes on from page to page meets one record twice and misses the new one.
    """

    def __init__(self) -> None:
        self._begun: set[str] = set()

    def page(self, records: Sequence[Record], request: Request, shape: Shape) -> Record:
        """One page in its envelope.

        Raises:
            BadPage: page or items_per_page is out of range.
        """
        size = _number(request, "items_per_page", shape.size) if shape.sized else shape.size
        asked = _number(request, "page", 1)
        if size > MOST:
            raise BadPage("items_per_page")
        there = self._there(records, request, size) if shape.shifts else records
        pages = ceil(len(there) / size)
        given = min(asked, max(pages, 1)) if shape.repeats else asked
        data = there[(given - 1) * size : given * size]
        return {
            "data": list(data),
            "meta": {
                "page": given,
                # What the contract calls the total is the number of items in this page.
                "totalItems": len(data),
                "totalPages": pages,
                "itemsPerPage": size,
            },
        }

    def _there(self, records: Sequence[Record], request: Request, size: int) -> Sequence[Record]:
        if len(records) <= size or request.path in self._begun:
            return records
        self._begun.add(request.path)
        return records[1:]


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.one(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadPage(name)
    return int(text)

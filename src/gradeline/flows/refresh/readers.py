"""Find which results readers see: none about few learners, and none that gives these away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gradeline.records.small_cells import Cell, hide_cells
from gradeline.warehouse import Connection
from gradeline.warehouse.results.readers import (
    PublishedCell,
    read_cells,
    read_enrolled,
    show_to_readers,
)

#: Headline figures of a group: learners of a course.
_HEADLINES = "figures"
#: Type → the wholes that its rows add up to: the type of each, and the field that names it.
_WHOLES_OF: Mapping[str, tuple[tuple[str, str], ...]] = {
    "course_level": (("course", "course_id"), ("level", "level_id")),
    "course_topic": (("course", "course_id"), ("topic", "topic_id")),
    "group_course": (("course", "course_id"),),
    _HEADLINES: (("enrolled", "course_id"),),
}


def show_results(connection: Connection) -> None:
    """Mark the published results that readers see, in the transaction that publishes them."""
    cells = list(read_cells(connection))
    hidden = _find_hidden(cells, read_enrolled(connection))
    shown = [cell for number, cell in enumerate(cells) if number not in hidden]
    # A group over several courses is the sum of what it is in each.
    telling = {cells[number].group_id for number in hidden if cells[number].type == "group_course"}
    stats = [
        (cell.type, cell.entity_id)
        for cell in shown
        if cell.type != _HEADLINES and (cell.type != "group" or cell.group_id not in telling)
    ]
    groups = [(cell.entity_id, cell.course_id or "") for cell in shown if cell.type == _HEADLINES]
    show_to_readers(connection, stats, groups)


def _find_hidden(cells: Sequence[PublishedCell], enrolled: Mapping[str, int]) -> frozenset[int]:
    """Return the numbers of the cells that readers may not see."""
    wholes = {(cell.type, cell.entity_id): cell.counted for cell in cells}
    wholes |= {("enrolled", course_id): learners for course_id, learners in enrolled.items()}
    sums: dict[str, int] = defaultdict(int)
    unseen = set()
    for cell in cells:
        for line, _ in _lines_of_part(cell):
            sums[line] += cell.counted
    for cell in cells:
        for line, whole in _lines_of_part(cell):
            if wholes.get(whole, 0) != sums[line]:
                unseen.add(line)
    lined = [
        Cell(
            learners=cell.learners,
            lines=(*(line for line, _ in _lines_of_part(cell)), *_lines_of_whole(cell)),
        )
        for cell in cells
    ]
    return hide_cells(lined, unseen)


def _lines_of_part(cell: PublishedCell) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the sums that a cell is a part of: a name of each, and its whole."""
    for kind, field in _WHOLES_OF.get(cell.type, ()):
        entity_id = getattr(cell, field)
        yield f"{cell.type} of {kind} {entity_id}", (kind, entity_id)


def _lines_of_whole(cell: PublishedCell) -> Iterator[str]:
    """Yield the sums that a cell is the whole of, and the one that all wholes of a type make."""
    parts = [part for part, wholes in _WHOLES_OF.items() if cell.type in dict(wholes)]
    yield from (f"{part} of {cell.type} {cell.entity_id}" for part in parts)
    if parts:
        yield cell.type

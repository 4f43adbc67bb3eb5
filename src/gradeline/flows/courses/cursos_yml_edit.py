"""Add courses to cursos.yml as text at the right places; every old line stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml

from gradeline.base.errors import WrongUse
from gradeline.flows.courses.cursos_yml import FAST_LOADER, load_yaml

#: What a course's report shows unless people choose otherwise.
STANDARD_KPIS = ("attendance_rate", "average_grade", "completion_rate", "response_rate")
_TOP = "courses"
_INDENT = 2
#: A place in the text, how many characters it replaces there, and the new text.
_Edit = tuple[int, int, str]


@dataclass(frozen=True, kw_only=True)
class NewCourse:
    """A course to be added."""

    category: str
    course: str
    name: str


@dataclass(frozen=True, kw_only=True)
class _Node:
    """A value of the document; an alias is a node of its own, unlike in `yaml.compose`."""

    event: Any  #: the parser's event that begins it
    children: tuple[_Node, ...]
    start: int
    end: int  #: the place after its last character, comments left out

    def children_by_key(self, text: str) -> dict[str, _Node]:
        """Return the values of a mapping; of equal keys the last one counts."""
        if not isinstance(self.event, yaml.MappingStartEvent):
            return {}
        keys, values = self.children[::2], self.children[1::2]
        return {
            str(yaml.safe_load(text[key.start : key.end])): value
            for key, value in zip(keys, values, strict=True)
            if isinstance(key.event, yaml.ScalarEvent)
        }


class _Dumper(yaml.SafeDumper):
    """Writes text that is not plain characters (U+0085, line ends) with escapes."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"'
    ),
)


def add_courses(text: str, new: Sequence[NewCourse], where: str) -> str:
    """Return the YAML text with these courses added, each at the end of its category.

    A course that its category has already is left as it is.

    Raises:
        WrongUse: the text is not YAML with `courses:` at its top, or no course can be added
            without a change of something else.
    """
    expected = _load(text, where)
    if not new:
        return text
    line_end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += line_end
        expected = _load(text, where)
    added = _add_to(expected, new)
    edited = text
    # From the end of the text, so that the places before stay right.
    for start, length, insertion in sorted(_edits(text, added), key=lambda e: e[0])[::-1]:
        lines = insertion.replace("\n", line_end)
        edited = edited[:start] + lines + edited[start + length :]
    _check(edited, expected, text, where)
    return edited


def _check(edited: str, expected: dict[str, Any], text: str, where: str) -> None:
    """Raise WrongUse unless the edited text says what is expected."""
    with suppress(WrongUse):  # about lines that nobody wrote
        if _load(edited, where) == expected:
            return
    aliases = any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, FAST_LOADER))
    reason = "its aliases would repeat them elsewhere" if aliases else "its form is too unusual"
    raise WrongUse(
        f"{where} cannot take more courses: {reason}.",
        hint="Write its courses as indented lines without aliases, and run again.",
    )


def _load(text: str, where: str) -> dict[str, Any]:
    document = load_yaml(text, where) or {}
    if not isinstance(document, dict) or not isinstance(document.get(_TOP) or {}, dict):
        raise WrongUse(
            f"{where} has no `courses:` at its top.", hint="See docs/reference/files.md."
        )
    return document


def _add_to(document: dict[str, Any], new: Sequence[NewCourse]) -> dict[str, dict[str, Any]]:
    """Add the courses to the loaded document; return those that it did not have, by category."""
    added: dict[str, dict[str, Any]] = {}
    categories = document[_TOP] = dict(document.get(_TOP) or {})
    spelled = {str(category): category for category in categories}
    for course in new:
        category = spelled.setdefault(course.category, course.category)
        courses = categories[category] = dict(categories.get(category) or {})
        if course.course not in map(str, courses):
            entry = {"name": course.name, "kpis": list(STANDARD_KPIS)}
            courses[course.course] = entry
            added.setdefault(course.category, {})[course.course] = entry
    return added


def _edits(text: str, added: dict[str, dict[str, Any]]) -> Iterator[_Edit]:
    """Yield what to insert; where two edits have one place, the first one's text comes first."""
    root = _read_root(text)
    top = root.children_by_key(text).get(_TOP) if root else None
    if root is None or top is None:
        yield _insert(text, root, {_TOP: added}, 0)
        return
    categories = top.children_by_key(text)
    is_block = categories and not top.event.flow_style
    column = top.children[0].event.start_mark.column + _INDENT if is_block else None
    for category, courses in added.items():
        if category in categories:
            yield _insert(text, categories[category], courses, column)
    fresh = {name: courses for name, courses in added.items() if name not in categories}
    if fresh:
        yield _insert(text, top, fresh, None if root.event.flow_style else _INDENT)


def _read_root(text: str) -> _Node | None:
    events = iter(yaml.parse(text, FAST_LOADER))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _read(events)
    return None


def _read(events: Iterator[Any]) -> _Node:
    """Read the next node with all that is in it."""
    event = next(events)
    children: list[_Node] = []
    end = event.end_mark.index
    if isinstance(event, yaml.CollectionStartEvent):
        while not isinstance((child := _read(events)).event, yaml.CollectionEndEvent):
            children.append(child)
        # A block ends for the parser where the next value begins, behind the comments between.
        end = child.end if event.flow_style else children[-1].end
    return _Node(event=event, children=tuple(children), start=event.start_mark.index, end=end)


def _insert(text: str, node: _Node | None, entries: dict[str, Any], column: int | None) -> _Edit:
    """Return the edit that puts entries at the end of a mapping, or into an empty value.

    Args:
        text: the document.
        node: the mapping or value; None for a document without one.
        entries: what to add.
        column: how far lines would be indented in an empty value; None inside braces.
    """
    start = node.start if node else len(text)
    end = node.end if node else len(text)
    flow = _dump(entries, flow=True)
    if node and isinstance(node.event, yaml.MappingStartEvent):
        if node.event.flow_style and node.children:
            return node.children[-1].end, 0, f", {flow[1:-1]}"
        if node.event.flow_style:
            return node.end - 1, 0, flow[1:-1]
        column = node.children[0].event.start_mark.column
    elif column is None or start < end:
        return start, end - start, flow if start < end else f" {flow}"
    at = end
    if text[end - 1 : end] not in ("", "\r", "\n"):  # a block scalar ends behind its last line
        at = _skip(r"[^\r\n]*(\r\n|\r|\n)?", text, at)
    # Comments that are indented further belong to the last entry.
    at = _skip(rf"( {{{column + 1},}}#[^\r\n]*(\r\n|\r|\n))*", text, at)
    lines = _dump(entries, flow=False).splitlines()
    return at, 0, "".join(f"{' ' * column}{line}\n" for line in lines)


def _skip(pattern: str, text: str, at: int) -> int:
    match = re.compile(pattern).match(text, at)
    return match.end() if match else at


def _dump(entries: dict[str, Any], *, flow: bool) -> str:
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": 1 << 20}
    dumped: str = yaml.dump(entries, Dumper=_Dumper, default_flow_style=flow, **options)
    return dumped.strip("\n")

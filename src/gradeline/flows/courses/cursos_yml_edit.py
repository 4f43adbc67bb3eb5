"""cursos.yml with more courses in it: what people wrote, comments and order too, stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from gradeline.base.errors import WrongUse

#: What a course's report shows unless people choose otherwise.
STANDARD_KPIS = ("attendance_rate", "average_grade", "completion_rate", "response_rate")
_TOP = "courses"
_STEP = 2


@dataclass(frozen=True, kw_only=True)
class NewCourse:
    """A course to be written down."""

    category: str
    course: str
    name: str


def add_courses(text: str, new: Sequence[NewCourse], where: str) -> str:
    """The text with these courses added, each at the end of its category.

    Raises:
        WrongUse: the file is no YAML with `courses:` at its top.
    """
    for each in new:
        text = _with_course(text, each, where)
    return text


def _with_course(text: str, new: NewCourse, where: str) -> str:
    before = _loaded(text, where)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    at, block = _insertion(yaml.compose(text, Loader=yaml.SafeLoader), new, len(lines))
    added = "".join([*lines[:at], *block, *lines[at:]])
    wanted = _merged(before, new)
    try:
        same = yaml.safe_load(added) == wanted
    except yaml.YAMLError:
        same = False
    if same:
        return added
    # Written in braces: then the form is nobody's work of art, and the content is what counts.
    return str(yaml.safe_dump(wanted, allow_unicode=True, sort_keys=False, width=1000))


def _insertion(root: Any, new: NewCourse, end: int) -> tuple[int, list[str]]:
    """The line before which a block belongs, and its lines."""
    top = _child(root, _TOP)
    if top is None:
        inner = _indented({_TOP: {new.category: _entry(new)}}, 0)
        return end, inner
    key, categories = top
    if not _is_block(categories):
        return _last_line(key) + 1, _indented({new.category: _entry(new)}, _STEP)
    found = _child(categories, new.category)
    if found is None:
        block = _indented({new.category: _entry(new)}, categories.value[0][0].start_mark.column)
        return _last_line(categories) + 1, block
    key, courses = found
    column = key.start_mark.column + _STEP
    if _is_block(courses):
        column = courses.value[0][0].start_mark.column
        return _last_line(courses) + 1, _indented(_entry(new), column)
    return _last_line(key) + 1, _indented(_entry(new), column)


def _entry(new: NewCourse) -> dict[str, Any]:
    return {new.course: {"name": new.name, "kpis": list(STANDARD_KPIS)}}


def _indented(content: dict[str, Any], column: int) -> list[str]:
    dumped = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    return [" " * column + line for line in str(dumped).splitlines(keepends=True)]


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.MappingNode) and bool(node.value) and not node.flow_style


def _child(node: Any, name: str) -> tuple[Any, Any] | None:
    """Key and value of one entry of a mapping."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next(((key, value) for key, value in node.value if key.value == name), None)


def _last_line(node: Any) -> int:
    """The last line with content of a node; what follows it may be a comment on the next one."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        if isinstance(last, tuple):
            return max(_last_line(last[0]), _last_line(last[1]))
        return _last_line(last)
    mark = node.end_mark
    ends_before = mark.column == 0 and mark.line > node.start_mark.line
    return int(mark.line) - 1 if ends_before else int(mark.line)


def _loaded(text: str, where: str) -> dict[str, Any]:
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongUse(f"{where} is not YAML: {error}.", hint="Mend the file.") from error
    if told is None:
        return {}
    if not isinstance(told, dict) or not isinstance(told.get(_TOP) or {}, dict):
        raise WrongUse(
            f"{where} has no `courses:` at its top.", hint="See docs/reference/files.md."
        )
    return told


def _merged(before: dict[str, Any], new: NewCourse) -> dict[str, Any]:
    courses = dict(before.get(_TOP) or {})
    courses[new.category] = {**(courses.get(new.category) or {}), **_entry(new)}
    return {**before, _TOP: courses}

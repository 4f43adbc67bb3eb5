"""Add courses to cursos.yml; what people wrote stays, with its comments and in its order."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.scalarstring import SingleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

from gradeline.base.errors import WrongUse
from gradeline.flows.courses.cursos_yml import load_yaml

#: What a course's report shows unless people choose otherwise.
STANDARD_KPIS = ("attendance_rate", "average_grade", "completion_rate", "response_rate")
_TOP = "courses"
_LINE_COLUMNS = 1 << 20  # so wide that no line is wrapped
#: How far the first mapping is indented, and the dashes of the first list.
_MAPPING = re.compile(rf"^{_TOP}:.*\n(?:\s*#.*\n)*( +)\S", re.MULTILINE)
_LIST = re.compile(r"^( *)[^\s#-].*:[ \t]*\n( *)-( +)\S", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class NewCourse:
    """A course to be added."""

    category: str
    course: str
    name: str


def add_courses(text: str, new: Sequence[NewCourse], where: str) -> str:
    """Return the YAML text with these courses added, each at the end of its category.

    Raises:
        WrongUse: the text is not YAML with `courses:` at its top, or its aliases are such that
            one course more would change another one.
    """
    expected = _load(text, where)
    if not new:
        return text
    editor = _editor(text)
    try:
        document = editor.load(text)
    except YAMLError as error:
        raise WrongUse(f"{where} is not YAML: {error}.", hint="Fix the file.") from error
    comments = text.rstrip() + "\n" if document is None and text.strip() else ""
    document = CommentedMap() if document is None else document
    for course in new:
        _add(document, course)
        courses = expected[_TOP] = dict(expected.get(_TOP) or {})
        courses[course.category] = {**(courses.get(course.category) or {}), **_entry(course)}
    edited = io.StringIO()
    editor.dump(document, edited)
    if _load(comments + edited.getvalue(), where) != expected:
        raise WrongUse(
            f"{where} cannot take more courses: its aliases would repeat them elsewhere.",
            hint="Write the values out instead of aliases, and run again.",
        )
    return comments + edited.getvalue()


def _editor(text: str) -> YAML:
    """Return a round-trip editor that writes with the indentation of the text."""
    editor = YAML()
    editor.preserve_quotes = True
    editor.width = _LINE_COLUMNS
    mapping, dashes = _MAPPING.search(text), _LIST.search(text)
    if mapping is not None:
        editor.map_indent = len(mapping[1])
    if dashes is not None:
        offset = len(dashes[2]) - len(dashes[1])
        editor.indent(sequence=offset + 1 + len(dashes[3]), offset=offset)
    return editor


def _load(text: str, where: str) -> dict[str, Any]:
    document = load_yaml(text, where) or {}
    if not isinstance(document, dict) or not isinstance(document.get(_TOP) or {}, dict):
        raise WrongUse(
            f"{where} has no `courses:` at its top.", hint="See docs/reference/files.md."
        )
    return document


def _add(document: CommentedMap, new: NewCourse) -> None:
    """Add a course at the end of its category, before the comment on what follows there."""
    categories = document.get(_TOP) or CommentedMap()
    courses = categories.get(new.category) or CommentedMap()
    if new.category in categories:
        comment = _take_comment(categories, new.category)
    else:
        comment = _take_comment(document, _TOP) if _TOP in document else None
    for course, entry in _entry(new).items():
        courses[_quoted(course)] = CommentedMap(
            name=_quoted(entry["name"]), kpis=(kpis := CommentedSeq(entry["kpis"]))
        )
        if comment is not None:
            kpis.ca.items[len(kpis) - 1] = [comment, None, None, None]
    categories[_quoted(new.category)] = courses
    document[_TOP] = categories


def _entry(new: NewCourse) -> dict[str, Any]:
    return {new.course: {"name": new.name, "kpis": list(STANDARD_KPIS)}}


def _take_comment(parent: Any, key: Any) -> CommentToken | None:
    """Remove the comment lines below the last value under a key, and return them.

    The parser keeps them with that value, though they are about what comes next.
    """
    while isinstance(parent[key], CommentedMap | CommentedSeq) and parent[key]:
        if parent[key].fa.flow_style():
            break
        parent = parent[key]
        key = next(reversed(parent)) if isinstance(parent, CommentedMap) else len(parent) - 1
    place = 2 if isinstance(parent, CommentedMap) else 0
    token = parent.ca.items.get(key, [None] * 3)[place]
    if token is None or "\n" not in token.value.rstrip("\n"):
        return None
    own, _, following = token.value.partition("\n")
    token.value = own + "\n"
    return CommentToken("\n" + following, CommentMark(0), None)


def _quoted(text: str) -> str:
    """Return the text such that it stays text: `No` and `1:30` need quotes in YAML 1.1."""
    try:
        same = yaml.safe_load(text) == text
    except (yaml.YAMLError, ValueError):
        same = False
    return text if same else SingleQuotedScalarString(text)

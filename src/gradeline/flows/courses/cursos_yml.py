"""Read cursos.yml, in which people name courses, their KPIs, days and plan files."""

from __future__ import annotations

import logging
import math
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml
from yaml.composer import Composer

from gradeline.base.errors import WrongUse
from gradeline.lake import Lake
from gradeline.records.course_list import CourseEntry, CourseList, plain
from gradeline.records.course_report import CourseReport
from gradeline.records.ids import normalize_id
from gradeline.records.measures import COURSE_KPIS

#: Its name in the home and in the store.
FILE = "cursos.yml"
_MAX_BYTES = 16_000_000
#: More would fill the memory; 50,000 courses have fewer.
_MAX_NODES = 1_000_000
#: What aliases may add to that: a few lines of aliases of aliases can fill the memory.
_MAX_REPEATED = 200_000
#: The parser in C where PyYAML was built with it; it is four times as fast.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"
_log = logging.getLogger(__name__)
_HINT = "Fix the file and run again. docs/reference/files.md describes it."


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What people chose for the report of one course."""

    title: str | None = None  #: the name people gave it
    kpis: tuple[str, ...] = COURSE_KPIS  #: the KPIs its report shows, in this order


@dataclass(frozen=True, kw_only=True)
class Choices:
    """All courses of cursos.yml by course id; a course that is not in it has the defaults."""

    by_course: Mapping[str, Choice] = field(default_factory=dict)
    #: the courses themselves, with their days and plan files
    book: CourseList = field(default_factory=CourseList)
    #: course id as it is written, or a category and `/` → what is wrong there
    mistakes: Mapping[str, str] = field(default_factory=dict)

    def mistake_of(self, course_id: str) -> str:
        """Return what is wrong with a course's entry, or with its category; empty = nothing."""
        name = plain(course_id)
        places = {name, f"{name.partition('/')[0]}/"}
        return next((why for place, why in self.mistakes.items() if plain(place) in places), "")

    def with_mistakes(self, found: Mapping[str, str]) -> Choices:
        """Return the choices with further mistakes: course id → what is wrong there."""
        return replace(self, mistakes={**found, **self.mistakes}) if found else self

    def key(self, course_id: str) -> str:
        """Return as text what a course's documents take from here; equal text, equal documents."""
        return repr(self.by_course.get(plain(course_id), Choice()))

    def apply_to(self, course: CourseReport) -> CourseReport:
        """Return the report with the course's name and KPIs as people chose them."""
        choice = self.by_course.get(plain(course.course_id), Choice())
        return replace(course, title=choice.title or course.title, shown_kpis=choice.kpis)


class _Course(msgspec.Struct, kw_only=True):
    """One course as it is written; keys that we do not know are left to people."""

    name: str | None = None
    kpis: list[Any] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    plan: str | None = None
    also: list[Any] | None = None


class _Loader(FAST_LOADER):  # type: ignore[misc]
    """The fast parser with PyYAML's own composer: the one in C crashes on deep nesting."""

    get_single_node = Composer.get_single_node
    compose_document = Composer.compose_document
    compose_scalar_node = Composer.compose_scalar_node
    compose_sequence_node = Composer.compose_sequence_node

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.anchors: dict[str, yaml.Node] = {}
        self.repeated_keys: list[yaml.Node] = []
        self.count = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose the next node; refuse a document that has too many."""
        self.count += 1
        if self.count > _MAX_NODES:
            raise yaml.YAMLError(f"it has more than {_MAX_NODES:,} values")
        return Composer.compose_node(self, parent, index)

    def compose_mapping_node(self, anchor: Any) -> Any:
        """Compose a mapping; note the keys that it repeats, of which the last one counts."""
        node = Composer.compose_mapping_node(self, anchor)
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        seen = {(_MERGE, "<<")}
        for key in keys:
            if (key.tag, key.value) in seen and key.tag != _MERGE:
                self.repeated_keys.append(key)
            seen.add((key.tag, key.value))
        return node


def _short_integer(loader: _Loader, node: yaml.ScalarNode) -> int:
    """Return an integer that can be written out again, which one in hexadecimal may not."""
    value: int = loader.construct_yaml_int(node)
    str(value)
    return value


_Loader.add_constructor("tag:yaml.org,2002:int", _short_integer)


def read_choices(path: Path) -> Choices:
    """Read a cursos.yml; without the file all courses have the defaults.

    Raises:
        WrongUse: the file is not YAML of that shape, or names a KPI that does not exist.
    """
    return parse_choices(path.read_bytes(), str(path)) if path.exists() else Choices()


def load_choices(lake: Lake, path: Path) -> Choices:
    """Read the cursos.yml of the store, or the one at `path` where the store has none.

    A mistake in the entry of one course is kept in `Choices.mistakes`; the other courses are read.

    Raises:
        WrongUse: the file as a whole is not YAML of that shape.
    """
    if lake.exists(FILE):
        return parse_choices(lake.get(FILE), f"{FILE} in {lake.url}", strict=False)
    return parse_choices(path.read_bytes(), str(path), strict=False) if path.exists() else Choices()


def parse_choices(content: bytes, where: str, *, strict: bool = True) -> Choices:
    """Parse the content of a cursos.yml.

    Args:
        content: YAML in UTF-8.
        where: how messages name the file.
        strict: whether a mistake in one course is an error; else `Choices.mistakes` has it, and
            of the course what is right is read.

    Raises:
        WrongUse: as `read_choices`; the message names the place in the document.
    """
    mistakes = _Mistakes(strict=strict)
    choices: dict[str, Choice] = {}
    written: list[CourseEntry] = []
    for category, course, entry in _entries(content, where, mistakes):
        course_id = f"{category}/{course}"
        with mistakes.of(course_id):
            if plain(course_id) in choices:
                raise WrongUse(
                    f"{where} has {course_id} twice.",
                    hint="Names that differ only in case or accents count as the same course.",
                )
            choices[plain(course_id)] = Choice()
            written.append(_without_days(category, course, entry))
            choices[plain(course_id)] = _choice(where, course_id, entry)
            written[-1] = _written(where, written[-1], entry)
    return Choices(
        by_course=choices, book=CourseList(courses=tuple(written)), mistakes=mistakes.found
    )


class _Mistakes:
    """What is wrong with entries of courses, each by the place where it is."""

    def __init__(self, *, strict: bool) -> None:
        self.found: dict[str, str] = {}
        self._strict = strict

    @contextmanager
    def of(self, place: str) -> Iterator[None]:
        """Note a mistake in the block, which ends there; where strict, it is raised."""
        try:
            yield
        except WrongUse as error:
            if self._strict:
                raise
            self.found.setdefault(place, str(error))


def load_yaml(text: str, where: str, *, log_repeated: bool = False) -> Any:
    """Load a YAML document that a person wrote, whatever it may hold.

    Args:
        text: the document.
        where: how messages name the file.
        log_repeated: whether to log a warning for each key that a mapping has twice.

    Raises:
        WrongUse: it is not YAML, or too large once its aliases are unfolded.
    """
    if len(text) > _MAX_BYTES:
        raise WrongUse(f"{where} is longer than {_MAX_BYTES:,} characters.", hint=_HINT)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        counted: dict[int, float] = {}
        if _count_nodes(node, counted) > len(counted) + _MAX_REPEATED:
            raise WrongUse(
                f"{where} unfolds to more than {_MAX_REPEATED:,} values: aliases name each other.",
                hint="Write the values out instead of aliases, and run again.",
            )
        document = None if node is None else loader.construct_document(node)
    # Beside its own errors the loader lets through those of int, date and dict, e.g. 2024-13-01.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise WrongUse(f"{where} is not YAML: {error}.", hint=_HINT) from error
    for key in loader.repeated_keys if log_repeated else ():
        line = key.start_mark.line + 1
        _log.warning("%s has %s again in line %d: the last one counts", where, key.value, line)
    return document


def _count_nodes(node: Any, counted: dict[int, float]) -> float:
    """Count the nodes of a composed document as if each alias were written out."""
    if id(node) in counted:
        return counted[id(node)]
    counted[id(node)] = math.inf  # until it is known: a node inside itself has no end
    children: list[Any] = node.value if isinstance(node, yaml.CollectionNode) else []
    if isinstance(node, yaml.MappingNode):
        children = [child for pair in node.value for child in pair]
    counted[id(node)] = 1 + sum(_count_nodes(child, counted) for child in children)
    return counted[id(node)]


def _entries(content: bytes, where: str, mistakes: _Mistakes) -> Iterator[tuple[str, str, _Course]]:
    """Yield category, course and entry of every course, in the order of the file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(f"{where} is not UTF-8: {error}.", hint=_HINT) from error
    document = load_yaml(text, where, log_repeated=True)
    categories = document.get("courses") if isinstance(document, dict) else None
    if not isinstance(categories, dict):
        raise WrongUse(f"{where} has no `courses:` at its top.", hint=_HINT)
    for category, courses in categories.items():
        path = f"courses.{category}"
        entries: dict[Any, Any] = {}
        with mistakes.of(f"{category}/"):
            entries = _convert(courses or {}, dict[Any, Any], where, path)
        for course, entry in entries.items():
            known: dict[str, Any] = {}
            with mistakes.of(f"{category}/{course}"):
                known = _known(_convert(entry or {}, dict[Any, Any], where, f"{path}.{course}"))
            right: dict[str, Any] = {}
            for key, value in known.items():
                with mistakes.of(f"{category}/{course}"):
                    _convert({key: value}, _Course, where, f"{path}.{course}")
                    right[key] = value
            yield str(category), str(course), _convert(right, _Course, where, path)


def _known(entry: dict[Any, Any]) -> dict[str, Any]:
    """Return the keys that we know, with everything that may be meant as text as text."""
    known = {key: entry[key] for key in _Course.__struct_fields__ if entry.get(key) is not None}
    for key in ("name", "kpis"):  # what is empty, 0 or false stands for the default
        if not known.get(key):
            known.pop(key, None)
    if "plan" in known:
        known["plan"] = str(known["plan"])
    if isinstance(known.get("also"), str):
        known["also"] = [known["also"]]
    if not isinstance(known.get("name", []), list | dict | set):
        known["name"] = str(known["name"])
    if isinstance(known.get("kpis"), dict | set):
        known["kpis"] = list(known["kpis"])
    return known


def _convert(value: Any, type_: Any, where: str, path: str) -> Any:
    try:
        return msgspec.convert(value, type_, builtin_types=(date,))
    except msgspec.ValidationError as error:
        message = str(error) if "`$" in str(error) else f"{error} - at `$`"
        day = " Days are written as 2024-01-31." if "`date" in message else ""
        message = message.replace("`$", f"`{path}")
        raise WrongUse(f"{where}: {message}.", hint=f"{_HINT}{day}") from error


def _choice(where: str, course_id: str, entry: _Course) -> Choice:
    kpis = tuple(entry.kpis or COURSE_KPIS)
    unknown = [name for name in kpis if name not in COURSE_KPIS]
    if unknown:
        raise WrongUse(
            f"{where}: {course_id} asks for {', '.join(map(str, unknown))}, which is not a KPI.",
            hint=f"Choose among {', '.join(COURSE_KPIS)}.",
        )
    return Choice(title=entry.name, kpis=kpis)


def _without_days(category: str, course: str, entry: _Course) -> CourseEntry:
    category, course = (unicodedata.normalize("NFC", part) for part in (category, course))
    return CourseEntry(category=category, course=course, plan=entry.plan)


def _written(where: str, course: CourseEntry, entry: _Course) -> CourseEntry:
    also = tuple(dict.fromkeys(normalize_id(str(each)) for each in entry.also or ()))
    written = replace(course, starts_on=entry.starts_on, ends_on=entry.ends_on, also=also)
    if written.starts_on and written.ends_on and written.ends_on < written.starts_on:
        raise WrongUse(f"{where}: {written.course_id} ends before it starts.", hint=_HINT)
    return written

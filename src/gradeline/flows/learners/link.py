"""Link learners across systems by a CSV file that people write."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import InputMissing, WrongUse
from gradeline.records.ids import normalize_id
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.learners.links import Link, LinkedCourse

HEADER = ("source", "external_id", "learner_id")
_ID_MAX = 4096  # bytes: the longest id that any source may give
_SHOWN = 20  # mistakes named in one message


@dataclass(frozen=True, kw_only=True)
class LinkResult:
    """What linking did, or would do."""

    made: tuple[Link, ...]  #: links that are new
    courses: tuple[LinkedCourse, ...] = ()  #: what results hold of the ids that new links join
    there: int  #: links that were there already


@dataclass(frozen=True, kw_only=True)
class _Row:
    line: int
    link: Link


def link_file(
    database: Database,
    configured: Iterable[str],
    file: Path,
    *,
    write: bool,
    by: str | None = None,
) -> LinkResult:
    """Read links from a CSV file; all of them are made, or none.

    Args:
        database: the warehouse.
        configured: names of the sources that settings name; rows may name them, and those that
            the ledger knows.
        file: CSV in UTF-8 with the columns source, external_id and learner_id.
        write: make the links that are new.
        by: who makes them; None = not known.

    Raises:
        InputMissing: the file cannot be read.
        WrongUse: the file is not such a table, or rows are wrong; the message names the rows.
    """
    rows = _read(file)
    with database.connect() as connection:
        links.lock(connection)
        known = {(link.source, link.external_id): link for link in links.ls(connection)}
        sources = {*configured, *forgotten.sources(connection)}
        mistakes = [
            *_find_impossible(rows, sources),
            *_find_conflicts(rows, known),
            *_find_forgotten(rows, connection),
        ]
        if mistakes:
            raise _refused(file, mistakes)
        by_id = {(row.link.source, row.link.external_id): row.link for row in rows}
        new = tuple(sorted(link for key, link in by_id.items() if key not in known))
        ids = {link.learner_id for link in new}
        ids |= {f"{link.source}:{link.external_id}" for link in new}
        courses = tuple(links.linked_courses(connection, ids))
        if write:
            links.put(connection, new, by=by)
    return LinkResult(made=new, there=len(by_id) - len(new), courses=courses)


def unlink(database: Database, learner: str, *, write: bool) -> tuple[Link, ...]:
    """Take links away: all of a shared id, or the one of `source:id`; return them.

    The next refresh counts the ids as people of their own again.

    Args:
        database: the warehouse.
        learner: the id.
        write: take them away; else they are only returned.

    Raises:
        WrongUse: nothing is linked under that id.
    """
    name = normalize_id(learner)
    with database.connect() as connection:
        links.lock(connection)
        found = tuple(
            link
            for link in links.ls(connection)
            if name in (link.learner_id, f"{link.source}:{link.external_id}")
        )
        if not found:
            raise WrongUse(
                f"{learner} is linked to nobody.",
                hint="`gradeline learners ls` lists the links; give a learner_id or source:id.",
            )
        if write:
            links.remove_links(connection, found)
    return found


def _read(file: Path) -> list[_Row]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            header = tuple(name.strip() for name in next(reader, []))
            lines = [(reader.line_num, row) for row in reader if any(map(str.strip, row))]
    except OSError as error:
        raise InputMissing(f"{file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise WrongUse(
            f"{file} is not CSV in UTF-8: {error}.", hint="Save it as CSV in UTF-8."
        ) from error
    if set(header) != set(HEADER) or len(header) != len(HEADER):
        raise WrongUse(
            f"{file} has the columns {', '.join(header) or 'none'}.",
            hint=f"Its first line must be {','.join(HEADER)}.",
        )
    short = [f"line {line} has {len(row)} cells" for line, row in lines if len(row) != len(HEADER)]
    if short:
        raise _refused(file, short)
    return [
        _Row(line=line, link=Link(**dict(zip(header, map(normalize_id, row), strict=True))))
        for line, row in lines
    ]


def _find_impossible(rows: Sequence[_Row], sources: Collection[str]) -> Iterator[str]:
    for row in rows:
        link = row.link
        for name in HEADER:
            value = getattr(link, name)
            if not value:
                yield f"line {row.line} has no {name}"
            elif "\0" in value or len(value.encode("utf-8", "replace")) > _ID_MAX:
                yield f"line {row.line} has an impossible {name}"
        if link.source and link.source not in sources:
            yield (
                f"line {row.line} names the source {link.source!r}, which does not exist; "
                f"known are {', '.join(sorted(sources)) or 'none yet'}"
            )


def _find_conflicts(rows: Sequence[_Row], known: Mapping[tuple[str, str], Link]) -> Iterator[str]:
    """Yield rows that give an id another learner than another row or an existing link does."""
    first: dict[tuple[str, str], _Row] = {}
    for row in rows:
        link = row.link
        key = (link.source, link.external_id)
        who = f"{link.source} {link.external_id}"
        before = first.setdefault(key, row)
        if before.link.learner_id != link.learner_id:
            yield (
                f"lines {before.line} and {row.line} give {who} two learners, "
                f"{before.link.learner_id} and {link.learner_id}"
            )
        existing = known.get(key)
        if existing is not None and existing.learner_id != link.learner_id:
            yield (
                f"line {row.line} gives {who} the learner {link.learner_id}, "
                f"but it is linked to {existing.learner_id}"
            )


def _find_forgotten(rows: Sequence[_Row], connection: Connection) -> Iterator[str]:
    learners = {
        source: forgotten.forgotten_learners(connection, source)
        for source in {forgotten.SHARED, *(row.link.source for row in rows)}
    }
    for row in rows:
        link = row.link
        if learners[link.source].includes(link.external_id) or learners[forgotten.SHARED].includes(
            link.learner_id
        ):
            yield f"line {row.line} names an erased learner"


def _refused(file: Path, mistakes: Sequence[str]) -> WrongUse:
    more = f"; and {len(mistakes) - _SHOWN} more" if len(mistakes) > _SHOWN else ""
    return WrongUse(
        f"{file} was rejected; nothing was saved: {'; '.join(mistakes[:_SHOWN])}{more}.",
        hint="Fix these rows and retry.",
    )

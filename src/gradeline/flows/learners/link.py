"""Link: who is who across systems, as people write it down or as equal e-mails suggest."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.errors import InputMissing, WrongUse
from gradeline.flows.parts import Parts
from gradeline.warehouse import Connection, results
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.learners.links import Link
from gradeline.warehouse.slices import ledger

HEADER = ("source", "external_id", "learner_id")
_ID_MAX = 4096  # bytes: the longest id that any source may give
_SHOWN = 20  # mistakes named in one message


@dataclass(frozen=True, kw_only=True)
class LinkResult:
    """What linking did, or would do."""

    made: tuple[Link, ...]  #: links that are new
    there: int  #: links that were there already


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Learners of different systems with the same e-mail: one person, most likely."""

    email: str  #: in lower case
    links: tuple[Link, ...]  #: what would make them one


@dataclass(frozen=True, kw_only=True)
class LinkProposals:
    """What equal e-mails suggest."""

    proposals: tuple[Proposal, ...]
    #: e-mails that two ids of one system share, so that nobody can tell who is meant
    unclear: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class _Row:
    line: int
    link: Link


def link_file(parts: Parts, file: Path, *, write: bool) -> LinkResult:
    """Read links from a CSV file with source, external_id and learner_id; with `write` keep them.

    Links that are there already are no work. All of the file is taken, or nothing.

    Raises:
        InputMissing: the file cannot be read.
        WrongUse: it is no such table, or a row cannot be; the message names the rows.
    """
    rows = _read(file)
    with parts.database.connect() as connection:
        links.lock(connection)
        known = {(each.source, each.external_id): each for each in links.ls(connection)}
        sources = {*parts.sources, *forgotten.sources(connection)}
        wrong = [
            *_impossible(rows, sources),
            *_at_odds(rows, known),
            *_forgotten(rows, connection),
        ]
        if wrong:
            raise _refused(file, wrong)
        wanted = {(row.link.source, row.link.external_id): row.link for row in rows}
        new = tuple(sorted(link for key, link in wanted.items() if key not in known))
        if write:
            links.put(connection, new)
    return LinkResult(made=new, there=len(wanted) - len(new))


def propose(parts: Parts, *, write: bool) -> LinkProposals:
    """Links that equal e-mails of learners in different systems suggest; with `write` keep them.

    Upper and lower case are the same. Nobody is linked whose e-mail two ids of one system share.
    """
    from gradeline.flows.refresh.canonical import open_canonical_tables  # brings Ibis

    with parts.database.connect() as connection:
        links.lock(connection)
        facts, made = ledger.snapshot(connection), results.links(connection)
        known = {(each.source, each.external_id): each for each in links.ls(connection)}
        with parts.engine.session(parts.lake.filesystem()) as session:
            learners = open_canonical_tables(session, facts, parts.lake, made)["learners"]
            people = session.run(learners.select("learner_id", "email", "source").distinct())
        proposed = proposals(people.to_pylist(), known.values())
        if write:
            links.put(connection, [link for each in proposed.proposals for link in each.links])
    return proposed


def proposals(people: Sequence[Mapping[str, str | None]], known: Iterable[Link]) -> LinkProposals:
    """What these learners' e-mails suggest.

    Args:
        people: learner_id, email and source of each learner, as metrics see them now.
        known: the links that there are.
    """
    linked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in known:
        linked[each.learner_id, each.source].add(each.external_id)
    by_email: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in people:
        email = (row["email"] or "").strip().lower()
        if "@" in email:
            by_email[email].add((str(row["source"]), str(row["learner_id"])))
    found, unclear = [], []
    for email, learners in sorted(by_email.items()):
        ids = sorted({learner for _, learner in learners})
        if len(ids) == 1:
            continue
        made = _made_one(sorted(learners), linked)
        if made is None:
            unclear.append((email, tuple(ids)))
        else:
            found.append(Proposal(email=email, links=made))
    return LinkProposals(proposals=tuple(found), unclear=tuple(unclear))


def _made_one(
    learners: Sequence[tuple[str, str]], linked: Mapping[tuple[str, str], set[str]]
) -> tuple[Link, ...] | None:
    """The links that give these learners one id: one that people gave already, else the first.

    Null where that would make two ids of one system one person, or undo what people said.
    """
    named = {learner for source, learner in learners if (learner, source) in linked}
    shared = min(named or {learner for _, learner in learners})
    others = [(source, learner) for source, learner in learners if learner != shared]
    taken = {source for learner, source in linked if learner == shared}
    taken |= {source for source, learner in learners if learner == shared}
    twice = len({source for source, _ in others}) < len(others)
    if len(named) > 1 or twice or any(source in taken for source, _ in others):
        return None
    return tuple(
        Link(source=source, external_id=learner.removeprefix(f"{source}:"), learner_id=shared)
        for source, learner in others
    )


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
            f"{file} is not a CSV file in UTF-8: {error}.", hint="Save it as CSV in UTF-8."
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
        _Row(line=line, link=Link(**dict(zip(header, map(str.strip, row), strict=True))))
        for line, row in lines
    ]


def _impossible(rows: Sequence[_Row], sources: Iterable[str]) -> Iterable[str]:
    known = set(sources)
    for row in rows:
        link = row.link
        for name in HEADER:
            value = getattr(link, name)
            if not value:
                yield f"line {row.line} has no {name}"
            elif "\0" in value or len(value.encode("utf-8", "replace")) > _ID_MAX:
                yield f"line {row.line} has an impossible {name}"
        if link.source and link.source not in known:
            yield (
                f"line {row.line} names the source {link.source!r}, which is not known; known are "
                f"{', '.join(sorted(known)) or 'none yet'}"
            )


def _at_odds(rows: Sequence[_Row], known: Mapping[tuple[str, str], Link]) -> Iterable[str]:
    """Rows that give an id another learner than another row does, or than the links there are."""
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
        there = known.get(key)
        if there is not None and there.learner_id != link.learner_id:
            yield (
                f"line {row.line} gives {who} the learner {link.learner_id}, "
                f"but it is linked to {there.learner_id}"
            )


def _forgotten(rows: Sequence[_Row], connection: Connection) -> Iterable[str]:
    buried = {
        source: forgotten.forgotten_learners(connection, source)
        for source in {forgotten.SHARED, *(row.link.source for row in rows)}
    }
    for row in rows:
        link = row.link
        if buried[link.source].includes(link.external_id) or buried[forgotten.SHARED].includes(
            link.learner_id
        ):
            yield f"line {row.line} names an erased learner"


def _refused(file: Path, wrong: Sequence[str]) -> WrongUse:
    more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return WrongUse(
        f"{file} was rejected; nothing was saved: {'; '.join(wrong[:_SHOWN])}{more}.",
        hint="Fix these rows and retry.",
    )

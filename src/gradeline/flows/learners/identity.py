"""A person: who is meant by a learner's id, under every name that sources have for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.records.tables import LEARNER_LINKS
from gradeline.sources.erasure.learners import Who
from gradeline.warehouse import Connection, results
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.slices import ledger


@dataclass(frozen=True, kw_only=True)
class Person:
    """One learner, as all sources together know them."""

    learner_id: str  #: the id that all sources share
    ids: Mapping[str, frozenset[str]]  #: source → its own ids of them
    emails: frozenset[str]  #: in lower case
    others: tuple[str, ...] = ()  #: other learners with one of these e-mails, not linked to them

    @property
    def aliases(self) -> frozenset[str]:
        """Every id that the person has or had as a learner."""
        own = {f"{source}:{each}" for source, ids in self.ids.items() for each in ids}
        return frozenset(own | {self.learner_id})

    def known_to(self, source: str, stream: str) -> Who:
        """How a stream of a source may name them; links name people of other sources."""
        if stream == LEARNER_LINKS.name:
            everywhere = frozenset().union(*self.ids.values())
            return Who(ids=everywhere | self.aliases, emails=self.emails)
        return Who(ids=self.ids.get(source, frozenset()), emails=self.emails)

    @property
    def anywhere(self) -> Who:
        """How anything at all may name them."""
        return Who(ids=frozenset().union(*self.ids.values()) | self.aliases, emails=self.emails)

    @property
    def names(self) -> Iterable[tuple[str, str]]:
        """What must be remembered so that they never come in again: (source, id or e-mail)."""
        yield forgotten.SHARED, self.learner_id
        for source, ids in self.ids.items():
            yield from ((source, name) for name in (*ids, *self.emails))


def find_person(parts: Parts, learner: str) -> Person:
    """Everything that means the learner: their links, their own ids, their e-mails.

    `learner` is the id that all sources share, or `source:id` of any of them.
    """
    with parts.database.connect() as connection:
        learner_id, ids = _ids(connection, learner)
        facts = ledger.snapshot(connection)
        made = results.links(connection)
    wanted = {learner_id} | {f"{source}:{each}" for source, own in ids.items() for each in own}
    with parts.engine.session(parts.lake.filesystem()) as session:
        canonical = open_canonical_tables(session, facts, parts.lake, made)
        learners = session.run(canonical["learners"].select("learner_id", "email").distinct())
        if LEARNER_LINKS.name in canonical:
            _add(ids, session.run(canonical[LEARNER_LINKS.name]), learner_id)
    return _with_emails(learner_id, ids, wanted, learners)


def _with_emails(
    learner_id: str, ids: Mapping[str, set[str]], wanted: set[str], learners: pa.Table
) -> Person:
    pairs = [
        (row["learner_id"], row["email"].strip().lower())
        for row in learners.to_pylist()
        if row["email"] and row["email"].strip()
    ]
    emails = frozenset(email for each, email in pairs if each in wanted)
    others = {each for each, email in pairs if email in emails and each not in wanted}
    return Person(
        learner_id=learner_id,
        ids={source: frozenset(own) for source, own in ids.items()},
        emails=emails,
        others=tuple(sorted(others)),
    )


def _ids(connection: Connection, learner: str) -> tuple[str, dict[str, set[str]]]:
    """The id that all sources share, and what each source calls the learner."""
    known = links.ls(connection)
    linked = {(each.source, each.external_id): each.learner_id for each in known}
    own = _split(learner, [*forgotten.sources(connection), *(each.source for each in known)])
    learner_id = linked.get(own, learner) if own else learner
    ids: dict[str, set[str]] = {}
    for each in known:
        if each.learner_id == learner_id:
            ids.setdefault(each.source, set()).add(each.external_id)
    plain = _split(learner_id, [*forgotten.sources(connection)])
    if plain and linked.get(plain, learner_id) == learner_id:
        ids.setdefault(plain[0], set()).add(plain[1])
    return learner_id, ids


def _split(learner: str, sources: Iterable[str]) -> tuple[str, str] | None:
    """Source and own id of `source:id`, whose source may have a colon too; the longest fits."""
    for source in sorted(set(sources), key=len, reverse=True):
        if learner.startswith(f"{source}:") and len(learner) > len(source) + 1:
            return source, learner[len(source) + 1 :]
    return None


def _add(ids: dict[str, set[str]], made: pa.Table, learner_id: str) -> None:
    """Links that sources themselves tell of."""
    for row in made.to_pylist():
        if row["learner_id"] == learner_id:
            ids.setdefault(row["source"], set()).add(row["external_id"])

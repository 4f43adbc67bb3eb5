"""Find the person behind a learner's id: every id and e-mail that sources have for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.ids import normalize_email, normalize_id
from gradeline.records.tables import LEARNER_LINKS
from gradeline.sources.erasure.learners import LearnerIds
from gradeline.warehouse import Connection
from gradeline.warehouse.learners import forgotten, links


@dataclass(frozen=True, kw_only=True)
class Person:
    """One learner under every name that sources have for them."""

    learner_id: str  #: the id that all sources share
    ids: Mapping[str, frozenset[str]]  #: source → the ids it has for them
    emails: frozenset[str]  #: in their one spelling
    others: tuple[str, ...] = ()  #: other learners with one of these e-mails, not linked to them

    @property
    def aliases(self) -> frozenset[str]:
        """Return every id that the person has or had as a learner."""
        own = {f"{source}:{id_}" for source, ids in self.ids.items() for id_ in ids}
        return frozenset(own | {self.learner_id})

    def known_to(self, source: str, stream: str) -> LearnerIds:
        """Return how a stream may name them; links name people by the ids of other sources."""
        if stream == LEARNER_LINKS.name:
            everywhere = frozenset().union(*self.ids.values())
            return LearnerIds(ids=everywhere | self.aliases, emails=self.emails)
        if source == PEOPLES_GROUPS:
            return LearnerIds(ids=self._written, emails=self.emails)
        return LearnerIds(ids=self.ids.get(source, frozenset()), emails=self.emails)

    @property
    def sources(self) -> frozenset[str]:
        """Return the sources that may name them, people's groups among them."""
        return frozenset({*self.ids, PEOPLES_GROUPS})

    @property
    def _written(self) -> frozenset[str]:
        """Return how people may write them in a file about learners of all sources."""
        return frozenset().union(*self.ids.values()) | self.aliases

    @property
    def anywhere(self) -> LearnerIds:
        """Return every name of theirs, for data of any source."""
        return LearnerIds(
            ids=frozenset().union(*self.ids.values()) | self.aliases, emails=self.emails
        )

    @property
    def names(self) -> Iterable[tuple[str, str]]:
        """Yield (source, id or e-mail) of all that must not come in again."""
        yield forgotten.SHARED, self.learner_id
        for source, ids in self.ids.items():
            yield from ((source, name) for name in (*ids, *self.emails))
        yield from ((PEOPLES_GROUPS, name) for name in (*self._written, *self.emails))


def find_person(parts: Parts, learner: str) -> Person:
    """Find everything that means the learner: their links, their own ids, their e-mails.

    Args:
        parts: the wired Gradeline.
        learner: the id that all sources share, or `source:id` of any of them.
    """
    with parts.database.connect() as connection:
        learner_id, ids = _find_ids(connection, normalize_id(learner))
    aliases = {learner_id} | {f"{source}:{id_}" for source, own in ids.items() for id_ in own}
    with canonical_session(parts) as (session, canonical):
        learners = session.run(canonical["learners"].select("learner_id", "email").distinct())
        _add_links(ids, session.run(canonical[LEARNER_LINKS.name]), learner_id)
    return _add_emails(learner_id, ids, aliases, learners)


def _add_emails(
    learner_id: str, ids: Mapping[str, set[str]], aliases: set[str], learners: pa.Table
) -> Person:
    """Return the person with the e-mails of `learners` (learner_id, email) under their aliases."""
    pairs = [
        (row["learner_id"], email)
        for row in learners.to_pylist()
        if (email := normalize_email(row["email"] or ""))
    ]
    emails = frozenset(email for id_, email in pairs if id_ in aliases)
    others = {id_ for id_, email in pairs if email in emails and id_ not in aliases}
    return Person(
        learner_id=learner_id,
        ids={source: frozenset(own) for source, own in ids.items()},
        emails=emails,
        others=tuple(sorted(others)),
    )


def _find_ids(connection: Connection, learner: str) -> tuple[str, dict[str, set[str]]]:
    """Return the id that all sources share, and source → the ids it has for the learner."""
    made = links.ls(connection)
    linked = {(link.source, link.external_id): link.learner_id for link in made}
    own = _split(learner, [*forgotten.sources(connection), *(link.source for link in made)])
    learner_id = linked.get(own, ":".join(own)) if own else learner
    ids: dict[str, set[str]] = {}
    for link in made:
        if link.learner_id == learner_id:
            ids.setdefault(link.source, set()).add(link.external_id)
    plain = _split(learner_id, forgotten.sources(connection))
    if plain and linked.get(plain, learner_id) == learner_id:
        ids.setdefault(plain[0], set()).add(plain[1])
    return learner_id, ids


def _split(learner: str, sources: Iterable[str]) -> tuple[str, str] | None:
    """Split `source:id`; a source may have a colon too, so the longest one that fits counts.

    The id is normalised by itself: people copy it from a file, with the blanks that it has there.
    """
    for source in sorted(set(sources), key=len, reverse=True):
        if learner.startswith(f"{source}:") and len(learner) > len(source) + 1:
            return source, normalize_id(learner[len(source) + 1 :])
    return None


def _add_links(ids: dict[str, set[str]], links_of_sources: pa.Table, learner_id: str) -> None:
    """Add the ids of links that sources themselves report (source, external_id, learner_id)."""
    for row in links_of_sources.to_pylist():
        if row["learner_id"] == learner_id:
            ids.setdefault(row["source"], set()).add(row["external_id"])

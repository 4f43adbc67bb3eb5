"""Propose links: learners of different systems with the same e-mail are most likely one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gradeline.flows.parts import Parts
from gradeline.records.ids import normalize_email
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link


@dataclass(frozen=True, kw_only=True)
class LinkProposal:
    """Learners of different systems with the same e-mail."""

    email: str  #: in lower case
    links: tuple[Link, ...]  #: what would make them one


@dataclass(frozen=True, kw_only=True)
class LinkProposals:
    """What equal e-mails suggest."""

    proposals: tuple[LinkProposal, ...]
    #: (e-mail, learner ids): two ids of one system share it, so nobody can tell who is meant
    unclear: tuple[tuple[str, tuple[str, ...]], ...]


def propose_links(parts: Parts, *, write: bool) -> LinkProposals:
    """Propose links between learners of different systems with the same e-mail.

    Case, blanks at the ends and how accents are written make no difference. Nobody is linked
    whose e-mail two ids of one system share. With `write` the links are made.
    """
    from gradeline.flows.refresh.canonical import canonical_session  # imports Ibis

    with parts.database.connect() as connection:
        links.lock(connection)
        with canonical_session(parts) as (session, canonical):
            learners = canonical["learners"].select("learner_id", "email", "source")
            rows = session.run(learners.distinct()).to_pylist()
        matched = match_emails(rows, links.ls(connection))
        if write:
            links.put(connection, [link for one in matched.proposals for link in one.links])
    return matched


def match_emails(
    learners: Sequence[Mapping[str, str | None]], links: Iterable[Link]
) -> LinkProposals:
    """Find the links that equal e-mails suggest.

    Args:
        learners: learner_id, email and source of each learner, as metrics see them now.
        links: the links that there are.
    """
    linked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        linked[link.learner_id, link.source].add(link.external_id)
    by_email: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in learners:
        email = normalize_email(row["email"] or "")
        if "@" in email:
            by_email[email].add((str(row["source"]), str(row["learner_id"])))
    proposals, unclear = [], []
    for email, owners in sorted(by_email.items()):
        ids = sorted({learner for _, learner in owners})
        if len(ids) == 1:
            continue
        new = _links_of_one(sorted(owners), linked)
        if new is None:
            unclear.append((email, tuple(ids)))
        else:
            proposals.append(LinkProposal(email=email, links=new))
    return LinkProposals(proposals=tuple(proposals), unclear=tuple(unclear))


def _links_of_one(
    learners: Sequence[tuple[str, str]], linked: Mapping[tuple[str, str], set[str]]
) -> tuple[Link, ...] | None:
    """Return the links that give these (source, learner) one id.

    It is the id that people have given one of them already, else the first. None where that
    would make two ids of one system one person, or undo a link of people.
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

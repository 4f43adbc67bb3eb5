"""Propose links: learners of different systems who are most likely one person, and why.

First equal e-mails, then e-mails that one mailbox takes for the same, then equal names in one
course. Nobody is linked where two ids of one system look the same: nobody can tell who is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import ibis
import ibis.expr.types as ir

from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.records.course_list import plain
from gradeline.records.ids import normalize_email
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link

#: Providers that ignore the dots of a mailbox's name, all under one name of theirs.
_WITHOUT_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
#: Providers that deliver `ana+course@` to `ana@`.
_WITH_PLUS = frozenset(
    {
        *("gmail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com", "me.com"),
        *("proton.me", "protonmail.com", "fastmail.com", "yandex.ru", "yandex.com", "ya.ru"),
    }
)
_SIGNS = re.compile(r"[\W_]+")


class Reason(StrEnum):
    """Why learners are most likely one person."""

    EMAIL = "same email"
    MAILBOX = "same mailbox: its provider ignores dots or what follows a plus"
    NAME = "same name in one course"


@dataclass(frozen=True, kw_only=True)
class LinkProposal:
    """Learners of different systems who are most likely one person."""

    email: str  #: what they have in common: an e-mail in lower case, or a name and a course
    links: tuple[Link, ...]  #: what would make them one
    reason: Reason = Reason.EMAIL


@dataclass(frozen=True, kw_only=True)
class LinkProposals:
    """What e-mails and names suggest."""

    proposals: tuple[LinkProposal, ...]
    #: (e-mail, learner ids): two ids of one system share it, so nobody can tell who is meant
    unclear: tuple[tuple[str, tuple[str, ...]], ...]


#: A learner as metrics see them: learner_id, name, email, source, and `courses`, their ids.
Learner = Mapping[str, Any]


def propose_links(parts: Parts, *, write: bool, by: str | None = None) -> LinkProposals:
    """Propose links between learners of different systems.

    With `write` those by e-mail are made, as by `by`; a name alone is never enough.
    """
    with parts.database.connect() as connection:
        links.lock(connection)
        with canonical_session(parts) as (session, canonical):
            rows = session.run(_learners(canonical)).to_pylist()
        matched = match_learners(rows, links.ls(connection))
        if write:
            sure = [one for one in matched.proposals if one.reason is not Reason.NAME]
            links.put(connection, [link for one in sure for link in one.links], by=by)
    return matched


def _learners(canonical: Mapping[str, ir.Table]) -> ir.Table:
    """Return learners with the courses that they are or were seen in."""
    seen = ibis.union(
        *(
            canonical[name].select("learner_id", "course_id")
            for name in ("memberships", "attempts")
        ),
        distinct=True,
    )
    known = seen.filter(seen.course_id.notnull()).group_by("learner_id")
    courses = known.agg(courses=seen.course_id.collect())
    people = canonical["learners"].select("learner_id", "name", "email", "source").distinct()
    return people.left_join(courses, "learner_id").drop("learner_id_right")


def match_learners(learners: Sequence[Learner], links: Iterable[Link]) -> LinkProposals:
    """Find the links that e-mails and names suggest, the surest reason first.

    Args:
        learners: as metrics see them now.
        links: the links that there are.
    """
    rows: list[dict[str, Any]] = [dict(row) for row in learners]
    known = list(links)
    proposals: list[LinkProposal] = []
    unclear: list[tuple[str, tuple[str, ...]]] = []
    for reason, keys_of in _KEYS.items():
        found = _match(rows, known, keys_of)
        proposals += [replace(one, reason=reason) for one in found.proposals]
        # Names alike are no news: people are called the same.
        unclear += found.unclear if reason is not Reason.NAME else ()
        new = [link for one in found.proposals for link in one.links]
        known += new
        same = {f"{link.source}:{link.external_id}": link.learner_id for link in new}
        rows = [
            row | {"learner_id": same.get(row["learner_id"], row["learner_id"])} for row in rows
        ]
    return LinkProposals(proposals=tuple(proposals), unclear=tuple(dict.fromkeys(unclear)))


def match_emails(learners: Sequence[Learner], links: Iterable[Link]) -> LinkProposals:
    """Find the links that equal e-mails suggest; arguments are those of `match_learners`."""
    return _match(learners, list(links), _emails)


def _match(
    learners: Iterable[Learner], links: Iterable[Link], keys_of: Callable[[Learner], Iterable[str]]
) -> LinkProposals:
    """Find the links between learners with a key in common."""
    linked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        linked[link.learner_id, link.source].add(link.external_id)
    by_key: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in learners:
        for key in keys_of(row):
            by_key[key].add((str(row["source"]), str(row["learner_id"])))
    proposals, unclear = [], []
    taken: set[str] = set()
    for key, owners in sorted(by_key.items()):
        ids = sorted({learner for _, learner in owners})
        if len(ids) == 1 or not taken.isdisjoint(ids):
            continue
        new = _links_of_one(sorted(owners), linked)
        if new is None:
            unclear.append((key, tuple(ids)))
        else:
            taken.update(ids)
            proposals.append(LinkProposal(email=key, links=new))
    return LinkProposals(proposals=tuple(proposals), unclear=tuple(unclear))


def _emails(learner: Learner) -> Iterable[str]:
    email = normalize_email(str(learner["email"] or ""))
    return (email,) if "@" in email else ()


def _mailboxes(learner: Learner) -> Iterable[str]:
    """Yield the e-mail as its provider delivers it."""
    for email in _emails(learner):
        name, _, domain = email.rpartition("@")
        if domain in _WITH_PLUS | _WITHOUT_DOTS.keys():
            name = name.partition("+")[0]
        if domain in _WITHOUT_DOTS:
            name, domain = name.replace(".", ""), _WITHOUT_DOTS[domain]
        yield f"{name}@{domain}"


def _names(learner: Learner) -> Iterable[str]:
    """Yield the name with each course; the order of its words makes no difference.

    A single word, such as `Ana`, is too little.
    """
    words = sorted(filter(None, _SIGNS.split(plain(str(learner.get("name") or "")))))
    courses = learner.get("courses") or ()
    return [f"{' '.join(words)} in {course}" for course in courses] if len(words) > 1 else ()


_KEYS: Mapping[Reason, Callable[[Learner], Iterable[str]]] = {
    Reason.EMAIL: _emails,
    Reason.MAILBOX: _mailboxes,
    Reason.NAME: _names,
}


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

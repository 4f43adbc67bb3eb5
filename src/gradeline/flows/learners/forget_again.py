"""Settle a restored database: forget again who was forgotten since, and send nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gradeline.base.clock import now
from gradeline.flows.backups.forgotten_list import Digests
from gradeline.flows.learners.forget import forget
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.flows.run import Progress
from gradeline.jobs.schedule import next_instant
from gradeline.metrics import Terms
from gradeline.warehouse import Connection
from gradeline.warehouse.deliveries import messages, recipients
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.learners.forgotten import SHARED, ForgottenLearners

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class SettleResult:
    """What was done after a restore."""

    added: int  #: hashes of learners who were forgotten after the backup
    forgotten: int  #: of them, learners whom the backup still had
    held: int  #: messages that were open, and that only a person sends now


def settle_restored(
    parts: Parts,
    digests: Digests,
    terms: Terms,
    progress: Progress,
    say: Callable[[str], None],
) -> SettleResult:
    """Bring a restored database to what is known today; a rerun after a kill goes on.

    Whoever was forgotten after the backup never comes in again, and what it has of them is erased.
    What it shows as not sent yet may have been sent since, so nobody sends it by himself.

    Args:
        parts: the wired Gradeline over what was restored.
        digests: of everybody who was forgotten by now.
        terms: what the numbers that are computed again depend on.
        progress: shows how far each step is.
        say: called with a message when there is something to wait for.

    Raises:
        LakeError, WarehouseError, DiskFull, EngineError, ReportError: run again; it goes on.
    """
    with parts.database.connect() as connection:
        added = forgotten.add_digests(connection, digests)
        held = messages.hold_open(connection)
        _skip_missed(connection, parts)
        known = _known(connection)
    present = sorted(_present(parts, known)) if digests else []
    for learner in present:
        forget(parts, learner, terms, progress, say)
    _log.info("%d learners were forgotten again", len(present))
    return SettleResult(added=added, forgotten=len(present), held=held)


def _skip_missed(connection: Connection, parts: Parts) -> None:
    """Let recipients' schedules be due next in the future: what was missed came before, or not."""
    at = now()
    for one in recipients.ls(connection):
        if one.next_at is not None and one.next_at <= at:
            following = next_instant(one.cron, parts.delivery.timezone, at)
            recipients.advance(connection, one.recipient_id, due_at=one.next_at, next_at=following)


def _known(connection: Connection) -> Mapping[str, ForgottenLearners]:
    """Return source → its forgotten learners, with those of the id that all share."""
    return {
        source: forgotten.forgotten_learners(connection, source)
        for source in (SHARED, *forgotten.sources(connection))
    }


def _present(parts: Parts, known: Mapping[str, ForgottenLearners]) -> set[str]:
    """Return the ids of forgotten learners of whom there is anything."""
    found: set[str] = set()
    with canonical_session(parts) as (session, canonical):
        for table in canonical.values():
            columns = [name for name in ("learner_id", "email") if name in table.columns]
            if "learner_id" not in columns:
                continue
            rows = session.run(table.select(*columns).distinct()).to_pylist()
            found.update(
                row["learner_id"]
                for row in rows
                if row["learner_id"] and _is_forgotten(row["learner_id"], row.get("email"), known)
            )
    with parts.database.connect() as connection:
        made = {link.learner_id for link in links.ls(connection)}
    return found | {one for one in made if _is_forgotten(one, None, known)}


def _is_forgotten(learner: str, email: str | None, known: Mapping[str, ForgottenLearners]) -> bool:
    return any(one.includes(name) for one, name in _names(learner, email, known))


def _names(
    learner: str, email: str | None, known: Mapping[str, ForgottenLearners]
) -> Iterator[tuple[ForgottenLearners, str]]:
    """Yield under which names a learner may have been forgotten, and by whom."""
    yield known[SHARED], learner
    for source, forgotten_there in known.items():
        if source != SHARED and learner.startswith(f"{source}:"):
            yield forgotten_there, learner[len(source) + 1 :]
            if email:
                yield forgotten_there, email

"""Copies of a learner's data that forgetting does not reach: a person deletes them, or time."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gradeline.flows.backups.store import list_ids
from gradeline.flows.parts import Backups, Parts
from gradeline.warehouse.deliveries import messages


def find_copies(parts: Parts, courses: Collection[str]) -> list[str]:
    """Return the copies that may still name a learner, one sentence each.

    Args:
        parts: the wired Gradeline.
        courses: whose documents named them.

    Raises:
        LakeError: the place of the backups does not answer.
    """
    with parts.database.connect() as connection:
        sent = messages.count_sent(connection, sorted(courses))
    told = [
        f"{what} went to {address} by {channel} ({number} times)."
        for channel, address, what, number in sent
    ]
    return [*told, *(_backups(parts.backups) if parts.backups is not None else ())]


def _backups(plan: Backups) -> Iterator[str]:
    store = plan.open_store()
    for backup_id in list_ids(store):
        yield (
            f"Backup {backup_id} in {store.description}: `gradeline backups rm {backup_id}` deletes"
            " it; otherwise it goes by its age, and a restore forgets them again."
        )
    for pattern in ("schema_*.dump", "sql/*.sql"):
        for path in sorted((plan.home / "backup").glob(pattern)):
            yield f"The dump {path}: delete it if you need it no more."

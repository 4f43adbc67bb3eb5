"""One-time sign-in links as the warehouse keeps them: hashes of their codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "sign_in_links"


@dataclass(frozen=True, kw_only=True)
class RedeemedLink:
    """A link that was just used up."""

    staff_id: int | None  #: whom it signs in; None = an administrator without a name


def insert(
    connection: Connection, digest: bytes, *, staff_id: int | None, made_by: str, life: timedelta
) -> None:
    """Store a link by the hash of its code; an older unused one of nobody by name ends."""
    connection.execute(query(_FILE, "delete_ended"), {"nameless": staff_id is None})
    values = {"link_hash": digest, "staff_id": staff_id, "made_by": made_by, "life": life}
    connection.execute(query(_FILE, "insert"), values)


def redeem(connection: Connection, digest: bytes) -> RedeemedLink | None:
    """Use a link up; None = there is none, it was used, or its time is over."""
    row = connection.execute(query(_FILE, "redeem"), {"link_hash": digest}).fetchone()
    return None if row is None else RedeemedLink(staff_id=row[0])

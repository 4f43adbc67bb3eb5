"""The secret of the webhook: made once, kept in the database."""

from __future__ import annotations

import secrets

from gradeline.base.masking import SECRETS
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "bot"
_BYTES = 32


def ensure_secret(connection: Connection) -> str:
    """Return the secret that Telegram sends with each update; it is made where there is none."""
    connection.execute(query(_FILE, "keep_secret"), {"secret": secrets.token_urlsafe(_BYTES)})
    row = connection.execute(query(_FILE, "webhook_secret")).fetchone()
    assert row is not None  # noqa: S101 - it was stored above
    secret = str(row[0])
    SECRETS.add([secret])
    return secret


def delete_secret(connection: Connection) -> None:
    """Delete the secret, so that the next webhook gets a new one."""
    connection.execute(query(_FILE, "delete_secret"))

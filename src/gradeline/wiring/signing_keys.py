"""From settings to the keys that sign links: SIGNING_SECRET's, or one kept in the database."""

from __future__ import annotations

import hmac
import time

from gradeline.access.expiring import Clock
from gradeline.access.signing_keys import SigningKeys
from gradeline.records.signing_keys import SigningKey
from gradeline.settings import Settings
from gradeline.warehouse import Database, signing_keys
from gradeline.wiring.secrets import strong_secret

#: What is made from the setting, so that it is not kept itself.
_USE = b"links"


def wire_signing_keys(
    settings: Settings, database: Database, clock: Clock = time.time
) -> SigningKeys:
    """Return the keys that sign links, which all hosts share through the database.

    The key is made from SIGNING_SECRET, or where that is not set once at random; the keys before
    it verify on. Asked as `gradeline_loader`: no request's own SQL can read keys.

    Raises:
        WrongSetting: SIGNING_SECRET is too weak.
        WarehouseError: the keys cannot be read.
    """
    wanted = _of_setting(settings)
    with database.connect() as connection:
        signing_keys.ensure(connection, wanted)

    def read() -> list[SigningKey]:
        with database.connect() as connection:
            return signing_keys.ls(connection)

    return SigningKeys(read, clock)


def _of_setting(settings: Settings) -> SigningKey | None:
    if settings.signing_secret is None:
        return None
    secret = strong_secret("SIGNING_SECRET", settings.signing_secret.get_secret_value())
    return SigningKey.of(hmac.digest(secret, _USE, "sha256"))

"""From settings to where backups go, who signs them and how long they are kept."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from gradeline.base.errors import DiskFull
from gradeline.flows.parts import Backups
from gradeline.lake import Lake, open_lake
from gradeline.records.backups import BackupKeys, KeepRule
from gradeline.settings import Settings
from gradeline.settings.values import NEVER
from gradeline.wiring.secrets import strong_secret

#: The file of the home with the key; what is in `db` is in no store and in no backup.
FILE = Path("db", "backup-key")
#: What is made from the setting, so that it is not kept itself.
_USE = b"backups"
_BYTES = 32


def wire_backups(
    settings: Settings, place: str | None = None, *, make_key: bool = False
) -> Backups:
    """Return where backups go; opens nothing.

    Args:
        settings: say where, how long they are kept, and what signs them.
        place: the URL of a place to look in, instead of the one in the settings.
        make_key: make a key that signs where there is none; the database is open by then.

    Raises:
        WrongSetting: BACKUP_SECRET is too weak.
        DiskFull: the key cannot be kept in the home.
    """
    url = place or settings.backup_place()
    due = settings.schedule_backup
    # A job that has only a bucket keeps its database there, and has no worker.
    waits = due != NEVER and not settings.database_in_bucket()
    return Backups(
        open_store=partial(_open, url, settings),
        keys=_keys(settings, make=make_key),
        home=settings.gradeline_home,
        keep=KeepRule(
            days=settings.backup_keep_days,
            weeks=settings.backup_keep_weeks,
            months=settings.backup_keep_months,
        ),
        cron=due if waits else None,
        timezone=settings.school_timezone,
    )


def _open(url: str, settings: Settings) -> Lake:
    return open_lake(url, options=settings.backup_options_for(url))


def _keys(settings: Settings, *, make: bool) -> BackupKeys:
    """Return the key of the setting, then the one of the home, which is made if it is to be."""
    path = settings.gradeline_home / FILE
    named = []
    if settings.backup_secret is not None:
        secret = strong_secret("BACKUP_SECRET", settings.backup_secret.get_secret_value())
        named.append(hmac.digest(secret, _USE, "sha256"))
    try:
        if make and not named and not path.exists():
            _make_key(path)
        kept = [bytes.fromhex(path.read_text(encoding="ascii").strip())] if path.exists() else []
    except (OSError, ValueError) as error:
        raise DiskFull(
            f"The key that signs backups cannot be kept in {path}: {error}.",
            hint="Set BACKUP_SECRET, or GRADELINE_HOME to a folder that you can write to.",
        ) from None
    return BackupKeys(keys=(*named, *kept))


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # Linked and not renamed: of two processes the first one's key stays.
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()

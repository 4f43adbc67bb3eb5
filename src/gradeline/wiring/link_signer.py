"""What signs links: with SIGNING_SECRET, else with a key that the home keeps."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from gradeline.access.link_signer import HmacSigner, LinkSigner
from gradeline.settings import Settings

_FILE = Path("db", "signing_key")


def wire_link_signer(settings: Settings) -> LinkSigner:
    """Return what signs links; the key is made once where none is set."""
    kept = _kept_key(settings.gradeline_home / _FILE)
    if settings.signing_secret is None:
        return HmacSigner({"home": kept})
    own = settings.signing_secret.get_secret_value().encode()
    return HmacSigner({"home": kept, "own": own})


def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_bytes()

"""Where the PostgreSQL server is: embedded, or by URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class EmbeddedServer:
    """A server that Gradeline starts and stops itself; its data are in `<home>/db`."""

    home: Path  #: the folder of GRADELINE_HOME
    port: int | None = None  #: also listen on 127.0.0.1 at this port; None = socket only


@dataclass(frozen=True, kw_only=True)
class ExternalServer:
    """A server that somebody else runs, by any URL or DSN that libpq reads."""

    url: str = field(repr=False)  #: carries the password, so it is never shown
    home: Path | None = None  #: where passwords of entry points are kept that no setting names
    #: role → password, of entry points' logins that a setting names
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)


ServerLocation = EmbeddedServer | ExternalServer

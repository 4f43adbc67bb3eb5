"""Install: the canonical tables become views of the warehouse, from the expressions metrics use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import gradeline
from gradeline.records.tables import CANONICAL
from gradeline.warehouse import Database
from gradeline.warehouse.views import ensure_views

#: A table that people fill and no view.
_LINKS = "learner_links"


def install(database: Database) -> int:
    """Make the canonical views where they are missing or their meaning changed; how many."""
    meanings = {name: CANONICAL[name].meaning for name in CANONICAL if name != _LINKS}
    return ensure_views(database, meanings, _compiled, maker=_maker())


def _compiled() -> Mapping[str, str]:
    """The views' queries, as PostgreSQL reads them."""
    from gradeline.flows.canonical_views import compiled_views  # brings Ibis

    return compiled_views()


def _maker() -> str:
    """Sixteen hex digits of everything that views are compiled with: our code, and Ibis."""
    digest = hashlib.sha256(f"{gradeline.__version__} {version('ibis-framework')}".encode())
    for file in sorted(Path(gradeline.__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]

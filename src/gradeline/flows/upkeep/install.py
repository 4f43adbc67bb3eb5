"""Install: the canonical tables become views of the warehouse, from the expressions metrics use."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import gradeline
from gradeline.base.errors import EngineError
from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.warehouse import Database
from gradeline.warehouse.schema.views import ensure_views

_COMPILING = (sys.executable, "-m", "gradeline.flows.refresh.canonical_views")


def install(database: Database) -> int:
    """Make the canonical views where they are missing or their meaning changed; how many."""
    meanings = {name: CANONICAL[name].meaning for name in CANONICAL if name != LEARNER_LINKS.name}
    return ensure_views(database, meanings, _compiled, maker=_maker())


def _compiled() -> Mapping[str, str]:
    """The views' queries, as PostgreSQL reads them.

    Raises:
        EngineError: they could not be compiled.
    """
    if "ibis" in sys.modules:
        from gradeline.flows.refresh.canonical_views import compiled_views  # it is here already

        return compiled_views()
    # In a process that ends: here Ibis would hold 42 MB as long as this one lives.
    ended = subprocess.run(_COMPILING, capture_output=True, encoding="utf-8", check=False)
    if ended.returncode:
        why = ended.stderr.strip().rpartition("\n")[2] or "its process ended"
        raise EngineError(
            f"The views could not be compiled: {why}.", hint="Free some memory and run again."
        )
    found: Mapping[str, str] = json.loads(ended.stdout)
    return found


def _maker() -> str:
    """Sixteen hex digits of everything that views are compiled with: our code, and Ibis."""
    digest = hashlib.sha256(f"{gradeline.__version__} {version('ibis-framework')}".encode())
    for file in sorted(Path(gradeline.__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]

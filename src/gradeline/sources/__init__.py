"""The systems we read: one file each, one line each."""

from __future__ import annotations

from types import MappingProxyType

from gradeline.sources.amplitude import AMPLITUDE
from gradeline.sources.appmetrica import APPMETRICA
from gradeline.sources.files import FILES
from gradeline.sources.grader import GRADER
from gradeline.sources.learnworlds import LEARNWORLDS
from gradeline.sources.planification import PLANIFICATION

#: Kind of source → what all of that kind share. A source's name begins with its kind.
KINDS = MappingProxyType(
    {
        "amplitude": AMPLITUDE,
        "appmetrica": APPMETRICA,
        "files": FILES,
        "grader": GRADER,
        "learnworlds": LEARNWORLDS,
        "planification": PLANIFICATION,
        # A mapping gives the same rows whether it reads files or a table.
        "postgres": FILES,
    }
)

__all__ = ["KINDS"]

"""The systems we read: one file each, one line each."""

from __future__ import annotations

from types import MappingProxyType

from gradeline.sources.amplitude.source import AMPLITUDE
from gradeline.sources.appmetrica.source import APPMETRICA
from gradeline.sources.files.source import FILES
from gradeline.sources.grader.source import GRADER
from gradeline.sources.groups.source import GROUPS
from gradeline.sources.learnworlds.source import LEARNWORLDS
from gradeline.sources.planification.source import PLANIFICATION
from gradeline.sources.posted.source import POSTED
from gradeline.sources.vocabulary.source import VOCABULARY

#: Kind of source → what all of that kind share. A source's name begins with its kind.
KINDS = MappingProxyType(
    {
        "amplitude": AMPLITUDE,
        "appmetrica": APPMETRICA,
        "files": FILES,
        "grader": GRADER,
        "groups": GROUPS,
        "learnworlds": LEARNWORLDS,
        "planification": PLANIFICATION,
        "posted": POSTED,
        # A mapping gives the same rows whether it reads files or a table.
        "postgres": FILES,
        "vocabulary": VOCABULARY,
    }
)

#: Kind of source → the settings that switch it on, as a hint names them.
SETTINGS = MappingProxyType(
    {
        "amplitude": "AMPLITUDE_WEB_API_KEY and AMPLITUDE_WEB_SECRET_KEY",
        "appmetrica": "APPMETRICA_TOKEN and APPMETRICA_APPLICATION_ID",
        "files": "FILES_DATASETS",
        "grader": "GRADER_API_URL, GRADER_CLIENT and GRADER_CLIENT_KEY",
        "learnworlds": "CLIENT_ID, SCHOOL_DOMAIN and ACCESS_TOKEN",
        "postgres": "POSTGRES_TABLES",
    }
)

__all__ = ["KINDS", "SETTINGS"]

"""Folders of the home, and who writes in each: people, the machine, or nobody but one process."""

from __future__ import annotations

#: What a run collects and the ledger names; anybody may read it.
MACHINE = "lake"

#: What people read and write, and what a copy in a cloud has beside the machine's own.
PEOPLE_FOLDERS = (
    "errors",
    "export",
    "json",
    "metrics",
    "planification",
    "processed",
    "raw",
    "reports",
    "templates",
    "uploads",
)
PEOPLE_FILES = (
    "courses_raw.json",
    "cursos.yml",
    "field_mappings.yaml",
    "groups.csv",
    "groups.xlsx",
)

#: Folders that people may read, but that only Gradeline writes.
READ_ONLY = frozenset({MACHINE, "backup", "logs"})
#: Folders of running processes: the database with its passwords, files in transit, rate limits.
CLOSED = frozenset({"db", "demo", "limits", "spool"})
#: Folders that are nobody's over HTTP: logs and backups are for who runs the machine.
HIDDEN = CLOSED | (READ_ONLY - {MACHINE})

#: Files of exports and of messages, `<id>/<number of the try>/<name>` below it; they expire.
EXPORT_FILES = "export/requests"


def top_of(key: str) -> str:
    """Return the first part of a key as a system that ignores case takes it."""
    return key.partition("/")[0].casefold()


def is_always_copied(key: str) -> bool:
    """Whether a copy of the lake in a cloud has that key without anybody saying so."""
    return key in PEOPLE_FILES or key.partition("/")[0] in {MACHINE, *PEOPLE_FOLDERS}

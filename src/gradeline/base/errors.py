"""Every error a person can meet, in one tree.

    GradelineError                 exit code 1
    ├── WrongUse                   exit code 2: the command, a setting or a file a person wrote is wrong
    │   └── WrongSetting           names the setting to mend
    ├── SourceError                a system we read did not give what it promised
    │   ├── InputMissing           a folder or file that was named is not there
    │   ├── InputBroken            a file cannot be read as what its name says
    │   └── MappingBroken          the SQL of a mapping has a mistake
    ├── LakeError                  object storage refused, or is full
    │   ├── ObjectMissing          no object has that key
    │   └── ObjectExists           a create-only key is taken by other bytes
    ├── WarehouseError             PostgreSQL refused, is away, or is full
    │   ├── WarehouseAway          no server answers at that address
    │   ├── LoginRefused           the server does not take that user or password
    │   └── SchemaNewer            the database was written by a newer Gradeline
    ├── NoRoom                     a disk is full or a quota is reached
    └── ReportError                a document could not be made
"""

from __future__ import annotations


class GradelineError(Exception):
    """Something failed; the message says what happened, to what, and what to do."""

    exit_code = 1

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        """The whole message: what happened, then what to do about it."""
        return f"{self.what} {self.hint}".strip()


class WrongUse(GradelineError):
    """The command line, a setting or a file that a person writes is wrong."""

    exit_code = 2


class WrongSetting(WrongUse):
    """A setting has a value that cannot work; the message names the setting."""


class SourceError(GradelineError):
    """A system we read did not give what it promised."""


class InputMissing(SourceError):
    """A folder or file that was named is not there."""


class InputBroken(SourceError):
    """A file cannot be read as what its name says it is."""


class MappingBroken(SourceError):
    """The SQL of a mapping has a mistake; the message names the file and the place."""


class LakeError(GradelineError):
    """Object storage refused, is away or is full."""


class ObjectMissing(LakeError):
    """No object has that key."""


class ObjectExists(LakeError):
    """A create-only key is already taken by other bytes."""


class WarehouseError(GradelineError):
    """PostgreSQL refused, is away or is full."""


class WarehouseAway(WarehouseError):
    """No server answers at that address."""


class LoginRefused(WarehouseError):
    """The server does not take that user or password."""


class SchemaNewer(WarehouseError):
    """The database was written by a newer Gradeline; install that version."""


class NoRoom(GradelineError):
    """A disk is full or a quota is reached; nothing half-written is left."""


class ReportError(GradelineError):
    """A document could not be made."""

"""Every error a person can meet, in one tree.

GradelineError                 exit code 1
├── WrongUse                   exit code 2: the command, a setting or a file a person wrote is wrong
│   ├── WrongSetting           names the setting to mend
│   └── BadKey                 a key could lead out of its place, or some store cannot keep it
├── SourceError                a system we read did not give what it promised
│   ├── InputMissing           a folder or file that was named is not there
│   ├── InputBroken            a file cannot be read as what its name says
│   ├── MappingBroken          the SQL of a mapping has a mistake
│   ├── SourceRefused          it does not take our key; names the setting to mend
│   ├── SourceAway             it gave no whole answer; the next run goes on here
│   ├── NotReady               it will have this later
│   ├── WrongAnswer            it answered with something else than it documents
│   └── UnsafeArchive          an archive that could do harm; kept whole, a person decides
├── LakeError                  object storage refused, or is full
│   ├── ObjectMissing          no object has that key
│   └── ObjectExists           a create-only key is taken by other bytes
├── WarehouseError             PostgreSQL refused, is away, or is full
│   ├── WarehouseAway          no server answers at that address
│   ├── LoginRefused           the server does not take that user or password
│   ├── TransactionConflict    others got in a transaction's way; the same again may go well
│   └── SchemaNewer            the database was written by a newer Gradeline
├── EngineError                metrics could not be computed
├── NoRoom                     a disk is full or a quota is reached
├── ReportError                a document could not be made
└── SandboxBroken              a twin cannot listen, or failed where it should have answered
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


class BadKey(WrongUse):
    """A key could lead out of its place, or some store cannot keep it."""


class SourceError(GradelineError):
    """A system we read did not give what it promised."""


class InputMissing(SourceError):
    """A folder or file that was named is not there."""


class InputBroken(SourceError):
    """A file cannot be read as what its name says it is."""


class MappingBroken(SourceError):
    """The SQL of a mapping has a mistake; the message names the file and the place."""


class SourceRefused(SourceError):
    """A system does not take our key, or the key may not see this; names the setting to mend."""


class SourceAway(SourceError):
    """A system gave no whole answer however patiently it was asked; the next run goes on here."""


class NotReady(SourceError):
    """A system does not have this yet; asking again later is all there is to do."""


class WrongAnswer(SourceError):
    """A system answered something else than it documents: a web page, an error, other fields."""


class UnsafeArchive(SourceError):
    """An archive is unsafe: it was kept but not opened."""


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


class TransactionConflict(WarehouseError):
    """PostgreSQL undid a transaction that others got in the way of; the same again may go well."""


class SchemaNewer(WarehouseError):
    """The database was written by a newer Gradeline; install that version."""


class EngineError(GradelineError):
    """Metrics could not be computed."""


class NoRoom(GradelineError):
    """A disk is full or a quota is reached; nothing incomplete was left behind."""


class ReportError(GradelineError):
    """A document could not be made."""


class SandboxBroken(GradelineError):
    """The sandbox cannot listen, or one of its twins failed where it should have answered."""

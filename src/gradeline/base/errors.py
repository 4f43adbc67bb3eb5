"""Every error that a person can meet, in one tree.

GradelineError                 exit code 1
├── WrongUse                   exit code 2: the command, a setting or a file you wrote is wrong
│   ├── WrongSetting           a setting has a value that cannot work
│   └── BadKey                 an object's key is not allowed
├── SourceError                a source did not deliver what it should
│   ├── InputMissing           a folder or file does not exist
│   ├── InputBroken            a file cannot be read as its format says
│   ├── MappingBroken          the SQL of a mapping has a mistake
│   ├── SourceRefused          a system does not accept our key
│   ├── SourceUnavailable      a system returned no complete response
│   ├── NotReady               a system will have the data later
│   ├── WrongAnswer            a response is not what the system documents
│   ├── UnsafeArchive          an archive that could do harm
│   └── EncodingUnclear        a text file can be read in two encodings
├── LakeError                  object storage refused, is unavailable or is full
│   ├── LakeUnavailable        the store as a whole does not answer or does not exist
│   ├── ObjectMissing          no object has that key
│   │   └── StoredFileMissing  the store has no file of that name
│   ├── ObjectExists           a key that is written once already has other bytes
│   ├── LeaseHeld              another process works with what only one may change
│   └── LeaseLost              another process took over what only one may change
├── WarehouseError             PostgreSQL refused, is unavailable or is full
│   ├── WarehouseUnavailable   no server answers at that address
│   ├── LoginRefused           the server does not accept that user or password
│   ├── TransactionConflict    a transaction met another one and can be retried
│   ├── ValueRefused           a value cannot be stored, nor compared with what is
│   └── SchemaNewer            a newer Gradeline wrote the database
├── BackupError                a backup could not be made, or something is wrong with one
│   ├── BackupDamaged          a backup is not as it was made
│   └── BackupUnsigned         a backup's signature cannot be checked here
├── EngineError                metrics could not be computed
├── DiskFull                   a disk is full or a quota is reached
├── ReportError                a document could not be made
├── RequestError           a request over HTTP cannot be answered as it was asked
│   ├── BadRequest             a parameter or the body is wrong
│   ├── SignInNeeded           nobody is signed in, or what signed them in is not valid
│   ├── SignInUnavailable      who could tell whether a token is valid does not answer
│   ├── NotAllowed             whoever asks has not this right at all
│   ├── NotFound               it does not exist, or is not for whoever asks
│   ├── Conflict               it is in another state than the request takes for granted
│   ├── Changed                somebody changed it since it was read (If-Match)
│   ├── Gone                   it was there, and its time is over
│   ├── TooLarge               the body or what it asks for is larger than a limit
│   ├── ServerBusy             as much of this is under way as the server can do at once
│   └── TooManyRequests        a limit for whoever asks is reached; a later request may succeed
├── JobLost                another worker took a job over
└── SandboxBroken              a simulated system cannot listen, or failed
"""

from __future__ import annotations

from collections.abc import Mapping

from gradeline.base.masking import SECRETS


def see_case(case: str) -> str:
    """Return the sentence that points to a case of the troubleshooting page; of none, nothing."""
    return f"See docs/how-to/troubleshooting.md#{case}" if case else ""


class GradelineError(Exception):
    """Something failed. The message says what happened, to what, and what to do."""

    exit_code = 1

    def __init__(self, what: str, *, hint: str = "", case: str = "") -> None:
        self.what, self.hint = SECRETS.mask(what), SECRETS.mask(hint)
        self.case = case  #: the heading of the troubleshooting page that helps; empty = none does
        super().__init__(self.what)

    def __str__(self) -> str:
        """Return the whole message: what happened, what to do, and where more is written."""
        return " ".join(filter(None, (self.what, self.hint, see_case(self.case))))


class WrongUse(GradelineError):
    """The command line, a setting or a file that you wrote is wrong."""

    exit_code = 2


class WrongSetting(WrongUse):
    """A setting has a value that cannot work. The message names the setting."""


class BadKey(WrongUse):
    """An object's key leads out of its folder, or some store cannot have such a key."""


class SourceError(GradelineError):
    """A source did not deliver what it should."""


class InputMissing(SourceError):
    """A folder or file that a setting or a mapping names does not exist."""


class InputBroken(SourceError):
    """A file cannot be read in the format that its name says."""


class MappingBroken(SourceError):
    """The SQL of a mapping has a mistake. The message names the file and the line."""


class SourceRefused(SourceError):
    """A system does not accept our key, or the key lacks a right. Correct the setting it names."""


class SourceUnavailable(SourceError):
    """A system returned no complete response after all retries. The next run resumes here."""


class NotReady(SourceError):
    """A system does not have the data yet. Run again later."""


class WrongAnswer(SourceError):
    """A response is not what the system documents: a web page, an error, other fields."""


class UnsafeArchive(SourceError):
    """Unsafe archive; kept but not opened."""


class EncodingUnclear(SourceError):
    """A text file reads well in two encodings. The message shows both; say which one it is."""


class LakeError(GradelineError):
    """Object storage refused, is unavailable or is full."""


class LakeUnavailable(LakeError):
    """The store as a whole does not answer, or there is none at that address."""


class ObjectMissing(LakeError):
    """No object has that key."""


class StoredFileMissing(ObjectMissing, FileNotFoundError):
    """The store has no file of that name. Python code may catch it as `FileNotFoundError`."""


class ObjectExists(LakeError):
    """A key that is written only once already has other bytes."""


class LeaseHeld(LakeError):
    """Another process works with what only one may change. Run again when it has ended."""


class LeaseLost(LakeError):
    """Another process took over what only one may change. What was not kept is done again."""


class WarehouseError(GradelineError):
    """PostgreSQL refused, is unavailable or is full."""


class WarehouseUnavailable(WarehouseError):
    """No server answers at that address."""


class LoginRefused(WarehouseError):
    """The server does not accept that user or password."""


class ValueRefused(WarehouseError):
    """PostgreSQL cannot hold a value that came from outside, such as a text with a NUL in it."""


class TransactionConflict(WarehouseError):
    """PostgreSQL rolled back a transaction because of another one. A retry may succeed."""


class SchemaNewer(WarehouseError):
    """A newer Gradeline wrote the database. Install that version."""


class BackupError(GradelineError):
    """A backup could not be made or restored, or something is wrong with one."""


class BackupDamaged(BackupError):
    """A backup is not as it was made. Take another one."""


class BackupUnsigned(BackupError):
    """The key that signed a backup is not here, so who wrote it cannot be told."""


class EngineError(GradelineError):
    """Metrics could not be computed."""


class OutOfMemory(EngineError):
    """What the engine may use does not suffice for a query, although it spills."""


class DiskFull(GradelineError):
    """A disk is full or a quota is reached. No partial files are left."""


class ReportError(GradelineError):
    """A document could not be made."""


class DeliveryError(GradelineError):
    """A message did not reach its address."""


class DeliveryRefused(DeliveryError):
    """The service does not take this message for this address. Only a person can change that."""


class DeliveryLater(DeliveryError):
    """The service cannot take the message now; a later try may succeed."""

    def __init__(self, what: str, *, hint: str = "", retry_after_s: float | None = None) -> None:
        super().__init__(what, hint=hint)
        self.retry_after_s = retry_after_s  #: how long the service said to wait; None = it did not


class DeliveryUnknown(DeliveryError):
    """The message was sent, but whether the service took it is not known."""


class JobLost(GradelineError):
    """Another worker took a job over, because this one did not answer for a while."""


class RequestError(GradelineError):
    """A request over HTTP cannot be answered as it was asked."""


class BadRequest(RequestError):
    """A parameter or the body is wrong. The message names it."""

    def __init__(self, what: str, *, hint: str = "", where: tuple[str | int, ...] = ()) -> None:
        super().__init__(what, hint=hint)
        self.where = where  #: as FastAPI writes it: ("query", "limit"), ("body", "data", 3, "uuid")


class SignInNeeded(RequestError):
    """Nobody is signed in, or what signed them in is not valid."""


class SignInUnavailable(RequestError):
    """Whoever could tell whether a token is valid does not answer. Try again later."""


class NotAllowed(RequestError):
    """Whoever asks has not this right at all."""


class NotFound(RequestError):
    """It does not exist, or is not for whoever asks: the two are told in the same words."""

    def __init__(self) -> None:
        super().__init__("There is nothing here, or it is not yours to see.")


class Conflict(RequestError):
    """Something is in another state than the request takes for granted."""


class Changed(RequestError):
    """Somebody changed it since it was read. Read it again."""


class Gone(RequestError):
    """It was there, and its time is over."""


class TooLarge(RequestError):
    """The body, or what it asks for, is larger than a limit. The message names the limit."""


class ServerBusy(RequestError):
    """As much of this is under way as the server can do at once. Try again later."""


class TooManyRequests(RequestError):
    """A limit for whoever asks is reached."""

    def __init__(
        self,
        what: str,
        *,
        hint: str = "",
        retry_after_s: float,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what, hint=hint)
        self.retry_after_s = retry_after_s  #: when a request may succeed again
        self.headers = dict(headers or {})  #: what the answer tells of the limit


class SandboxBroken(GradelineError):
    """The sandbox cannot listen, or one of its simulated systems failed."""

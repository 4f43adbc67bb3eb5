"""Map errors of object stores and disks to ours."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

from gradeline.base.errors import (
    DiskFull,
    GradelineError,
    LakeError,
    LakeUnavailable,
    ObjectMissing,
)

#: Disk full, quota reached, file larger than the process may write.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_ANSWERS = ("507 Insufficient", "QuotaExceeded", "InsufficientStorage", "XMinioStorageFull")


@contextmanager
def map_store_errors(place: str, key: str) -> Iterator[None]:
    """Raise every error of the block as one of ours.

    Args:
        place: the lake's URL for messages, e.g. `s3://bucket/data`; without secrets.
        key: of the object that is read or written.

    Raises:
        ObjectMissing: no object has that key.
        DiskFull: the disk or the quota is used up.
        LakeUnavailable: the store does not answer, or does not exist.
        LakeError: it refuses.
    """
    try:
        yield
    except GradelineError:
        raise
    except OSError as error:
        raise _of_disk(error, place, key) from error
    except (BaseError, ValueError) as error:
        raise _of_store(error, place, key) from error
    except BaseException as error:
        # A panic in Rust: no module exports this class, and it does not derive from Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _of_store(error, place, key) from error


def _of_disk(error: OSError, place: str, key: str) -> GradelineError:
    text = str(error)
    if isinstance(error, FileNotFoundError):
        return _no_bucket(place) if _is_no_bucket(text) else missing(place, key)
    if error.errno in _FULL:
        return no_room(place, key)
    if isinstance(error, PermissionError):
        return LakeError(
            f"{key} in {place}: this user may not read or write there.",
            hint="Give the user that runs Gradeline rights on that folder, or set GRADELINE_HOME.",
        )
    if isinstance(error, (NotADirectoryError, IsADirectoryError, FileExistsError)):
        return LakeError(
            f"{key} in {place}: a part of it is a file where a folder is expected, or the reverse.",
            hint="Move that file away, or choose another key.",
        )
    return LakeError(
        f"{key} in {place}: {error.strerror or _first_line(text)}.",
        hint="Check that the disk works and can be written to, then run again.",
    )


def _of_store(error: BaseException, place: str, key: str) -> GradelineError:
    text = str(error)
    number = re.search(r"(?:os error|Os \{ code:) (\d+)", text)
    if number:
        return _of_disk(OSError(int(number[1]), os.strerror(int(number[1]))), place, key)
    if _is_no_bucket(text):  # so a listing ends; a request for one object is not found
        return _no_bucket(place)
    if any(answer in text for answer in _FULL_ANSWERS):
        return no_room(place, key)
    if isinstance(error, (PermissionDeniedError, UnauthenticatedError)):
        return LakeError(
            f"{place} refuses access to {key}{_code(text)}.",
            hint="Check OBJECT_STORAGE_ACCESS_KEY_ID, OBJECT_STORAGE_SECRET_ACCESS_KEY and "
            "the rights they carry.",
        )
    if "HTTP error" in text or "error sending request" in text:
        return LakeUnavailable(
            f"{place} does not answer ({key}).",
            hint="Check OBJECT_STORAGE_ENDPOINT and the network; nothing was changed.",
        )
    return LakeError(f"{key} in {place}: {_first_line(text)}{_code(text)}.")


def _is_no_bucket(text: str) -> bool:
    return "NoSuchBucket" in text or "ContainerNotFound" in text


def _no_bucket(place: str) -> LakeUnavailable:
    return LakeUnavailable(
        f"{place} does not exist.",
        hint="Create the bucket, or correct LAKE_URL or OBJECT_STORAGE_BUCKET.",
    )


def missing(place: str, key: str) -> ObjectMissing:
    """Return the error for a key that does not exist."""
    return ObjectMissing(
        f"{place} has no object {key}.",
        hint="Restore it from a backup. If it is a report, `gradeline run --full` writes it again.",
    )


def no_room(place: str, key: str) -> DiskFull:
    """Return the error for a full disk or quota."""
    return DiskFull(
        f"There is no room left in {place} to write {key}; nothing incomplete was left behind.",
        hint="Free some space or raise the quota, or move GRADELINE_HOME; then run again.",
    )


def _first_line(text: str) -> str:
    """Return the first line of a store's message, without the response body and debug output."""
    return text.split("\n", 1)[0].split(": <?xml", 1)[0].rstrip(". ")


def _code(text: str) -> str:
    """Return the store's error code, e.g. ` (InvalidAccessKeyId)`."""
    code = re.search(r"<Code>(\w+)</Code>", text)
    return f" ({code[1]})" if code else ""

"""Make an export: its file is written to the store, then it can be fetched.

Each try has a number of its own. What a try changes is changed only while its number is the newest,
so a worker that was paused, and whose job somebody else has taken over, publishes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.access.row_rights import row_rights
from gradeline.access.stored_principals import from_stored
from gradeline.base.clock import now, school_day
from gradeline.base.errors import GradelineError, NotAllowed, WrongUse
from gradeline.flows.exports.content import render
from gradeline.flows.parts import Parts
from gradeline.flows.report.spool import map_disk_full, spool_folder
from gradeline.flows.staff import with_present_rights
from gradeline.lake import digest_of, document_key
from gradeline.lake.places import EXPORT_FILES
from gradeline.records.exports import ExportTry, StoredFile
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.connect.showing import known_courses, see_one_moment, show_only
from gradeline.warehouse.exports import work
from gradeline.warehouse.results.stats import Entity, find_entity

_log = logging.getLogger(__name__)

#: Seconds after which a try shows again how far it got; each time costs a commit.
_SHOWN_EVERY_S = 1.0
#: So often an export is begun; then it has failed, whatever its workers died of.
_MOST_TRIES = 5

#: Whether an error ends a job for good.
IsLast: TypeAlias = Callable[[GradelineError], bool]


class _TryOver(Exception):
    """Another try of this export began, or somebody withdrew it."""


def make_export(parts: Parts, export_id: UUID, is_last: IsLast) -> bool:
    """Make an export and let its file be fetched; False = there is nothing to do any more.

    Args:
        parts: database, store and a folder for temporary files.
        export_id: of the export.
        is_last: whether an error ends the job, so that the export has failed.

    Raises:
        GradelineError: it could not be made; whether it is tried again, `is_last` said.
    """
    with parts.database.connect(autocommit=True) as connection:
        one = work.claim(connection, export_id)
        if one is None:
            return False
        try:
            if one.tries > _MOST_TRIES:
                raise WrongUse(f"Its workers died {_MOST_TRIES} times.", hint="See the log.")
            return _make(parts, connection, one)
        except _TryOver:
            _log.info("export %s: another try makes it, or it was withdrawn", export_id)
            return False
        except GradelineError as error:
            end = work.fail if is_last(error) else work.wait
            end(connection, one, str(error))
            raise


def _make(parts: Parts, connection: Connection, one: ExportTry) -> bool:
    principal = principal_of(connection, one, parts.delivery.timezone)
    with spool_folder(parts.spool) as folder:
        path = folder / "export"
        with shown_to(parts.database, principal) as shown:
            group = find_entity(shown, Entity.GROUP, one.group_id)
            if group is None:
                raise NotAllowed(f"{one.requested_by} does not look after {one.group_id} any more.")
            rendered = render(shown, one, principal, group)
            rows = _write(path, rendered.pieces, connection, one)
        key = document_key(
            *EXPORT_FILES.split("/"), str(one.export_id), str(one.fence), rendered.name
        )
        file = StoredFile(
            storage_key=key,
            file_name=rendered.name,
            media_type=rendered.media_type,
            size=path.stat().st_size,
            sha256=digest_of(path),
        )
        parts.lake.replace(key, path)
    published = work.publish(
        connection,
        one,
        file,
        rows_written=rows,
        now=now(),
        expires_at=now() + timedelta(hours=parts.exports.file_hours),
    )
    if not published:
        parts.lake.delete([key])
        raise _TryOver
    _log.info("export %s is ready: %s", one.export_id, key)
    return True


def principal_of(connection: Connection, one: ExportTry, timezone: str) -> Principal:
    """Return in whose name an export is made, by the rights of now.

    Raises:
        NotAllowed: they may see no figures of groups any more.
    """
    today = school_day(now(), timezone)
    principal = with_present_rights(connection, from_stored(one.principal), today)
    if not principal.may(Permission.GROUP_FIGURES):
        raise NotAllowed(f"{one.requested_by} may see no figures of groups any more.")
    return principal


@contextmanager
def shown_to(database: Database, principal: Principal) -> Iterator[Connection]:
    """Open a transaction of one snapshot in which row security shows what a principal may see."""
    with database.connect(Role.APP) as connection:
        see_one_moment(connection)
        rights = row_rights(principal, lambda: known_courses(connection))
        show_only(connection, **rights)
        yield connection


def _write(
    path: Path, pieces: Iterable[tuple[bytes, int]], connection: Connection, one: ExportTry
) -> int:
    """Write the file of a try, which shows how far it got; return the rows written."""
    rows, shown_at = 0, time.monotonic()
    with map_disk_full(path.parent), path.open("wb") as file:
        for piece, more in pieces:
            file.write(piece)
            rows += more
            if time.monotonic() - shown_at < _SHOWN_EVERY_S:
                continue
            shown_at = time.monotonic()
            if not work.touch(connection, one, rows):
                raise _TryOver
    return rows

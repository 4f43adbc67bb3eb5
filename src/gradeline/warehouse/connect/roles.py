"""The five roles of Gradeline and how they come to be, embedded or by URL alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow, class_row

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.sql import query

#: Roles belong to the whole cluster, and two databases may be prepared at the same instant;
#: the catalogue then refuses one of them, which sees the roles when it looks again.
_RACE_TRIES = 8


class Role(StrEnum):
    """Whom a connection acts as."""

    OWNER = "gradeline_owner"  #: owns tables and views; only migrations act as it
    APP = "gradeline_app"  #: the doors: owns nothing, bound by row security
    LOADER = "gradeline_loader"  #: collects, loads and computes
    BACKUP = "gradeline_backup"  #: reads everything, writes nothing
    READER = "gradeline_reader"  #: a person with `gradeline psql`: reads, writes nothing


@dataclass(frozen=True, kw_only=True)
class RoleAudit:
    """What the login may do, and what of our roles is there."""

    login: str
    database: str
    superuser: bool
    creates_roles: bool
    owns_database: bool
    missing: list[str]  #: our roles that do not exist
    foreign: list[str]  #: our roles that the login may not act as
    bound: list[str]  #: roles that should bypass row security and do not
    locked: list[str]  #: our roles that do not log in by themselves; only embedded ones do
    unprepared: bool  #: the owner role may not create in schema public of this database

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do that this login could do.

        A loader that cannot bypass row security is only slower, and only a superuser can help it.
        """
        wanting = self.missing or self.foreign or self.unprepared
        return not (wanting or (self.bound and self.superuser))


def audit_roles(connection: psycopg.Connection[TupleRow]) -> RoleAudit:
    """What of the roles is there, as the login of `connection` sees it."""
    with connection.cursor(row_factory=class_row(RoleAudit)) as cursor:
        found = cursor.execute(query("roles", "audit"), {"roles": list(Role)}).fetchone()
    if found is None:
        raise WarehouseError("PostgreSQL gave no answer about its roles.")
    return found


def ensure_roles(connection: psycopg.Connection[TupleRow]) -> RoleAudit:
    """Make the roles and their rights in this database, as far as the login may; say how it stands.

    Safe to repeat and to run from several processes. Needs an autocommit connection.

    Raises:
        WarehouseError: something is missing that only an administrator can make; the error
            carries the SQL to run.
    """
    for attempt in range(_RACE_TRIES):
        found = audit_roles(connection)
        if found.complete:
            return found
        try:
            _make(connection, found)
        except (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateObject):
            continue
        except psycopg.errors.InternalError_ as error:
            # "tuple concurrently updated": the other one was quicker.
            if attempt == _RACE_TRIES - 1:
                words = f"The roles could not be made: {error.diag.message_primary}."
                raise WarehouseError(words) from None
        except psycopg.errors.InsufficientPrivilege:
            raise _needs_administrator(found) from None
    found = audit_roles(connection)
    if not found.complete:
        raise _needs_administrator(found)
    return found


def roles_script(login: str, database: str, *, bypass: bool = True) -> str:
    """The one SQL text that an administrator runs when the login may not make the roles itself.

    `bypass` adds the right to bypass row security, which makes loading faster and is not needed.
    """
    with_names = {"login": sql.Identifier(login), "database": sql.Identifier(database)}
    names = ("create_roles", "grant_roles", "grant_database") + (("bypass",) if bypass else ())
    return "\n".join(sql.SQL(query("roles", n)).format(**with_names).as_string() for n in names)


def _make(connection: psycopg.Connection[TupleRow], found: RoleAudit) -> None:
    names = {"login": sql.Identifier(found.login), "database": sql.Identifier(found.database)}
    steps: list[str] = []
    if found.missing:
        steps.append("create_roles")
    if found.missing or found.foreign:
        steps.append("grant_roles")
    if found.unprepared or found.missing:
        steps.append("grant_database")
    if found.superuser:
        steps.append("bypass")
    with connection.transaction():
        for step in steps:
            connection.execute(sql.SQL(query("roles", step)).format(**names))


def _needs_administrator(found: RoleAudit) -> WarehouseError:
    script = roles_script(found.login, found.database)
    return WarehouseError(
        f"The login {found.login!r} may not make the roles of Gradeline"
        f" in database {found.database!r}.",
        hint=f"Let an administrator run this there, then run again:\n\n{script}",
    )

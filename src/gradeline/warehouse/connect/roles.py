"""The five database roles of Gradeline, and how they are created, embedded or by URL."""

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
    """The role that a connection acts as."""

    OWNER = "gradeline_owner"  #: owns tables and views; only migrations act as it
    APP = "gradeline_app"  #: entry points: owns nothing, bound by row security
    LOADER = "gradeline_loader"  #: collects, loads and computes
    BACKUP = "gradeline_backup"  #: reads everything, writes nothing
    READER = "gradeline_reader"  #: a person with `gradeline psql`: reads, writes nothing


#: Roles of entry points: they log in themselves, so that no statement makes them anybody else.
ENTRY_ROLES = (Role.APP, Role.READER)


@dataclass(frozen=True, kw_only=True)
class RoleAudit:
    """What the login may do, and which of our roles are missing or incomplete."""

    login: str
    database: str
    superuser: bool
    creates_roles: bool
    owns_database: bool
    missing: list[str]  #: our roles that do not exist
    foreign: list[str]  #: our roles that the login may not act as
    bound: list[str]  #: roles that should bypass row security and do not
    locked: list[str]  #: our roles that do not log in by themselves; only embedded ones do
    exposed: bool  #: everybody may make large objects or temporary tables, or take our locks
    unprepared: bool  #: the owner role may not create in schema public of this database

    @property
    def complete(self) -> bool:
        """Whether this login can do nothing more for the roles.

        A loader that cannot bypass row security is only slower, and only a superuser can change it.
        """
        incomplete = self.missing or self.foreign or self.unprepared
        return not (incomplete or (self.bound and self.superuser))


def audit_roles(connection: psycopg.Connection[TupleRow]) -> RoleAudit:
    """Check the roles in this database, as the login of `connection` sees them."""
    with connection.cursor(row_factory=class_row(RoleAudit)) as cursor:
        audit = cursor.execute(query("roles", "audit"), {"roles": list(Role)}).fetchone()
    if audit is None:
        raise WarehouseError("PostgreSQL returned nothing about its roles.")
    return audit


def ensure_roles(connection: psycopg.Connection[TupleRow]) -> RoleAudit:
    """Create the roles and their rights in this database, as far as the login may.

    Safe to repeat and to run from several processes. Needs an autocommit connection. Returns the
    audit afterwards.

    Raises:
        WarehouseError: something is missing that only an administrator can create; the hint
            holds the SQL to run.
    """
    for attempt in range(_RACE_TRIES):
        audit = audit_roles(connection)
        if audit.complete:
            return audit
        try:
            _create(connection, audit)
        except (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateObject):
            continue
        except psycopg.errors.InternalError_ as error:
            # "tuple concurrently updated": the other one was quicker.
            if attempt == _RACE_TRIES - 1:
                what = f"The roles could not be created: {error.diag.message_primary}."
                raise WarehouseError(what) from None
        except psycopg.errors.InsufficientPrivilege:
            raise _needs_administrator(audit) from None
    audit = audit_roles(connection)
    if not audit.complete:
        raise _needs_administrator(audit)
    return audit


def close_database(connection: psycopg.Connection[TupleRow], audit: RoleAudit) -> None:
    """Leave large objects, temporary tables and advisory locks to the roles that need them.

    Only in a database that is Gradeline's alone: other programs may need them.
    """
    steps = ["close_database"] if audit.owns_database or audit.superuser else []
    steps += ["close_functions"] if audit.superuser else []
    database = sql.Identifier(audit.database)
    with connection.transaction():
        for step in steps:
            connection.execute(sql.SQL(query("roles", step)).format(database=database))


def roles_script(login: str, database: str) -> str:
    """Return the SQL that an administrator runs when the login may not create the roles itself.

    Args:
        login: acts as each of the roles.
        database: where the roles get their rights.
    """
    identifiers = {"login": sql.Identifier(login), "database": sql.Identifier(database)}
    names = ("create_roles", "grant_roles", "grant_database", "bypass")
    return "\n".join(sql.SQL(query("roles", n)).format(**identifiers).as_string() for n in names)


def _create(connection: psycopg.Connection[TupleRow], audit: RoleAudit) -> None:
    names = {"login": sql.Identifier(audit.login), "database": sql.Identifier(audit.database)}
    steps: list[str] = []
    if audit.missing:
        steps.append("create_roles")
    if audit.missing or audit.foreign:
        steps.append("grant_roles")
    if audit.unprepared or audit.missing:
        steps.append("grant_database")
    if audit.superuser:
        steps.append("bypass")
    with connection.transaction():
        for step in steps:
            connection.execute(sql.SQL(query("roles", step)).format(**names))


def _needs_administrator(audit: RoleAudit) -> WarehouseError:
    script = roles_script(audit.login, audit.database)
    return WarehouseError(
        f"The login {audit.login!r} may not create the roles of Gradeline"
        f" in database {audit.database!r}.",
        hint=f"Let an administrator run this there, then run again:\n\n{script}",
    )

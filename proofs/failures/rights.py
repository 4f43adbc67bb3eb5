"""Rights: each role may what the table says, embedded, by URL, and through a pooler that shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.pgbouncer import running_pgbouncer
from tests.warehouse.debian import DebianServer, running_debian_server

from gradeline.base.errors import GradelineError
from gradeline.warehouse import Database, EmbeddedServer, ExternalServer, Role, open_warehouse
from gradeline.warehouse.connect.database import Login
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.warehouse.connect.roles import ENTRY_ROLES
from proofs.promise import Setting, Try
from proofs.rig.rights import STATE, escapes, wrong_rights

_NAME = "school"


def rights(setting: Setting) -> Iterator[Try]:
    """Try the table out on each kind of server; no role leaves itself or anything behind."""
    home = setting.folder / "home"
    with open_warehouse(EmbeddedServer(home=home), say=_quiet) as database:
        for role in Role:
            yield _try(f"embedded, {role}", database, role)
    with running_debian_server() as server:
        place = server.place(database=_NAME, home=setting.folder / "other")
        with open_warehouse(place, say=_quiet) as database:
            for role in ENTRY_ROLES:
                ensure_login(database, role)
                yield _try(f"by URL, {role}", database, role)
            yield from _pooled(server, place, database)


def _pooled(server: DebianServer, place: ExternalServer, database: Database) -> Iterator[Try]:
    """The same where two sessions of a server serve every transaction."""
    words = {role.value: database.logins[role].parameters["password"] for role in ENTRY_ROLES}
    settings = {"pool_mode": "transaction", "default_pool_size": "2", "server_reset_query": ""}
    with running_pgbouncer(server.port, {"admin": "secret", **words}, **settings) as port:
        address = {"host": "127.0.0.1", "port": str(port)}
        for role in ENTRY_ROLES:
            login = Login(parameters={**address, "user": role, "password": words[role]}, where="")
            pooled = replace(database, logins={role: login})
            yield _try(f"pooled, {role}", pooled, role)
        url = f"postgresql://admin:secret@127.0.0.1:{port}/{_NAME}"
        yield Try(name="pooled, a run", wrong=_opens(replace(place, url=url)))


def _opens(place: ExternalServer) -> str:
    """Say so where a run, whose roles and claims need a session, is not refused."""
    try:
        with open_warehouse(place, say=_quiet):
            return "the pooler was not refused"
    except GradelineError:
        return ""


def _try(name: str, database: Database, role: Role) -> Try:
    before = _state(database)
    with database.connect(role, autocommit=True) as connection:
        wrong = [*wrong_rights(connection, role), *escapes(connection)]
    if _state(database) != before:
        wrong.append("the server is not as it was")
    return Try(name=name, wrong="; ".join(wrong))


def _state(database: Database) -> object:
    with database.connect_as_login() as connection:
        return connection.execute(STATE.encode()).fetchone()


def _quiet(_: str) -> None:
    """Print nothing."""

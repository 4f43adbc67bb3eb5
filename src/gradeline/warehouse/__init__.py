"""PostgreSQL, embedded or by URL: roles, schema, ledger, quarantine, rows and results."""

from gradeline.warehouse.connect.database import Connection, Database, read_clock
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.location import EmbeddedServer, ExternalServer, ServerLocation
from gradeline.warehouse.opening import DatabaseContent, open_warehouse
from gradeline.warehouse.psql import run_shell
from gradeline.warehouse.shared_server import share_embedded, stop_embedded

__all__ = [
    "Connection",
    "Database",
    "DatabaseContent",
    "EmbeddedServer",
    "ExternalServer",
    "Role",
    "ServerLocation",
    "open_warehouse",
    "read_clock",
    "run_shell",
    "share_embedded",
    "stop_embedded",
]

"""PostgreSQL, embedded or by URL: roles, schema, ledger, quarantine, rows and results."""

from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.embedded import share_embedded, stop_embedded
from gradeline.warehouse.opening import open_warehouse
from gradeline.warehouse.place import EmbeddedPlace, Place, ServerPlace
from gradeline.warehouse.shell import ClientAddress, ShellCommand, run_shell, shell_command

__all__ = [
    "ClientAddress",
    "Connection",
    "Database",
    "EmbeddedPlace",
    "Place",
    "Role",
    "ServerPlace",
    "ShellCommand",
    "open_warehouse",
    "run_shell",
    "share_embedded",
    "shell_command",
    "stop_embedded",
]

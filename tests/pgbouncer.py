"""PgBouncer before a PostgreSQL: the pooler that many schools have in between."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from gradeline.embedded.process import free_port

_PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_SETTINGS = {
    "listen_addr": "127.0.0.1",
    "unix_socket_dir": "",
    "auth_type": "scram-sha-256",
    "server_tls_sslmode": "prefer",
}


@contextmanager
def running_pgbouncer(target: int, logins: Mapping[str, str], **settings: str) -> Iterator[int]:
    """Run PgBouncer before the server on the port `target`; its own port.

    Args:
        target: the server's port.
        logins: user → password, there and here.
        settings: of pgbouncer.ini, e.g. `pool_mode="transaction"`.
    """
    if _PROGRAM is None:
        pytest.skip("PgBouncer is not installed here (apt install pgbouncer)")
    folder, port = Path(tempfile.mkdtemp(prefix="gl-pool-")), free_port()
    folder.chmod(0o755)
    users = folder / "users"
    users.write_text("".join(f'"{user}" "{word}"\n' for user, word in logins.items()))
    told = {**_SETTINGS, "auth_file": str(users), "listen_port": str(port), **settings}
    lines = [f"[databases]\n* = host=127.0.0.1 port={target}\n[pgbouncer]"]
    lines += [f"{name} = {value}" for name, value in told.items()]
    (folder / "ini").write_text("\n".join(lines) + "\n")
    # It refuses to be root.
    who = "nobody" if os.geteuid() == 0 else None
    with (folder / "log").open("wb") as log:
        started = subprocess.Popen([_PROGRAM, str(folder / "ini")], user=who, stderr=log)
    try:
        _wait_for(port, folder / "log")
        yield port
    finally:
        started.kill()
        started.wait()
        shutil.rmtree(folder)


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.02)
        else:
            return

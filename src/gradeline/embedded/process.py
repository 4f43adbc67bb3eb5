"""The embedded server's process: whether it runs, how it starts, recovers and stops."""

from __future__ import annotations

import os
import re
import shlex
import socketserver
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from gradeline.base.errors import DiskFull, WarehouseError
from gradeline.embedded.data_folder import SOCKET_PORT, Cluster, remove_socket_folder, socket_folder
from gradeline.embedded.programs import ServerUser, program_path

#: Small on purpose: PostgreSQL shares one small machine with the engine (512 MiB for both).
SETTINGS: Mapping[str, str] = {
    "max_connections": "60",
    # Stays allocated to the end of a run; with 48 or 96 MB the server was not faster.
    "shared_buffers": "32MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "autovacuum_max_workers": "2",
    # ANALYZE samples 300 rows for each. PostgreSQL's default of 100 takes 60 MB of memory for a
    # table of JSON documents, 25 takes 18 MB; our queries look rows up by key.
    "default_statistics_target": "25",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "io_method": "sync",
    "jit": "off",
    # Bulk loading: few checkpoints and a small log, at full durability.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "wal_compression": "pglz",
    "fsync": "on",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and details carry people's data, which must not be in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_messages": "warning",
}

#: Seconds between two checks of a server that starts.
_POLL_S = 0.05

#: Seconds until backends of a killed server are killed; idle ones end by themselves.
_LEFTOVERS_S = 3.0

#: A log larger than this is rotated at the next start, bytes.
_LOG_MAX = 5_000_000

#: Seconds that pg_ctl waits for recovery; it returns at once when the server ends.
_START_S = "864000"

#: Seconds that a server may take to stop; its memory is small, so it needs far less.
_STOP_S = "30"

#: Messages in the server's log when it crashes and restarts itself.
CRASH_MESSAGES = ("PANIC:", "terminating any other active server processes")


@dataclass(frozen=True, kw_only=True)
class Postmaster:
    """A running server, as its lock file `postmaster.pid` describes it."""

    pid: int
    port: int  #: of TCP, and in the name of the socket file
    socket: Path | None  #: the folder of its socket
    listens: str  #: its TCP address, empty where it has none
    ready: bool  #: it takes connections
    stopping: bool  #: it was asked to stop


def find_running(cluster: Cluster) -> Postmaster | None:
    """Return the running server of this data folder, or None.

    A lock file that a killed server left does not count: its process id may belong to a zombie
    or to another program.
    """
    server = _read_lock_file(cluster)
    return server if server is not None and _is_server(server.pid, cluster) else None


def start(
    cluster: Cluster, user: ServerUser, port: int | None, say: Callable[[str], None]
) -> Postmaster:
    """Start the server and wait until it takes connections, however long recovery takes.

    Raises:
        WarehouseError: it does not start; the end of its log is in the message.
        DiskFull: the disk is full.
    """
    crashed = _clean_after_crash(cluster, user)
    if crashed:
        say("PostgreSQL is recovering after a crash …")
    cluster.keep.unlink(missing_ok=True)
    _rotate_log(cluster)
    socket = socket_folder(cluster, user)
    result = start_server(cluster.data, cluster.log, _settings(socket, port), user)
    server = find_running(cluster)
    if result.returncode != 0 or server is None:
        remove_socket_folder(cluster, user)
        raise _not_started(cluster, result)
    return server


def wait_until_ready(
    cluster: Cluster, server: Postmaster, say: Callable[[str], None]
) -> Postmaster | None:
    """Wait for a server that another process started; None when it ended meanwhile."""
    announced = False
    current: Postmaster | None = server
    while current is not None and not (current.ready or current.stopping):
        if not announced:
            say("PostgreSQL is recovering after a crash …")
            announced = True
        time.sleep(_POLL_S)
        current = find_running(cluster)
    return current


def stop(cluster: Cluster, user: ServerUser, *, crashed: bool = False) -> bool:
    """Stop the server and end its connections; whether there was one.

    A server that `crashed`, or does not stop in time, is stopped immediately: what was committed
    is in its write-ahead log, and the next start recovers it.

    Raises:
        WarehouseError: it does not stop.
    """
    server = find_running(cluster)
    if server is None:
        return False
    # A server that is asked to stop while it recovers from a full disk may never stop.
    output = ""
    for mode in ("immediate",) if crashed else ("fast", "immediate"):
        output = stop_server(cluster.data, mode, user).stdout.strip()
        if find_running(cluster) is None:
            remove_socket_folder(cluster, user)
            return True
    raise WarehouseError(
        f"The embedded PostgreSQL (process {server.pid}) does not stop: {output}",
        hint=f"Look into {cluster.log}.",
    )


def log_contains(cluster: Cluster, texts: Sequence[str], *, since: int) -> bool:
    """Whether the server's log has one of these texts, from that byte on."""
    content = _read_log(cluster)[since:]
    return any(text.encode() in content for text in texts)


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on now."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as probe:
        return int(probe.server_address[1])


def start_server(
    data: Path, log: Path, settings: Mapping[str, str], user: ServerUser
) -> subprocess.CompletedProcess[str]:
    """Start a server in its data folder and wait until it takes connections or ends."""
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    # pg_ctl hands this text to a shell.
    windows = sys.platform == "win32"
    options = subprocess.list2cmdline(words) if windows else shlex.join(words)
    command = [str(program_path("pg_ctl")), "start", "-w", "-t", _START_S, "-s"]
    # Relative, because pg_ctl puts both into a shell command between double quotes only.
    command += ["-D", ".", "-l", os.path.relpath(log, data), "-o", options]
    return user.run(command, cwd=data)


def stop_server(data: Path, mode: str, user: ServerUser) -> subprocess.CompletedProcess[str]:
    """Ask the server of a data folder to stop, `fast` or `immediate`, and wait for it."""
    command = [str(program_path("pg_ctl")), "stop", "-w", "-t", _STOP_S, "-s", "-m", mode]
    return user.run([*command, "-D", str(data)])


def _settings(socket: Path, port: int | None) -> Mapping[str, str]:
    if sys.platform == "win32":
        port = port or free_port()
    settings = dict(SETTINGS) | {
        "listen_addresses": "127.0.0.1" if port else "",
        "port": str(port or SOCKET_PORT),
    }
    if sys.platform != "win32":
        # Others could take all connections although they have no password.
        settings |= {"unix_socket_directories": str(socket), "unix_socket_permissions": "0700"}
    return settings


def _read_lock_file(cluster: Cluster) -> Postmaster | None:
    try:
        lines = (cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    lines += [""] * 8
    if not lines[0].strip().isdigit():
        return None
    return Postmaster(
        pid=int(lines[0]),
        port=int(lines[3]) if lines[3].strip().isdigit() else SOCKET_PORT,
        socket=Path(lines[4]) if lines[4].strip() else None,
        listens=lines[5].strip(),
        ready=lines[7].strip() == "ready",
        stopping=lines[7].strip() == "stopping",
    )


def _is_server(pid: int, cluster: Cluster) -> bool:
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or not process.name().startswith("postgres"):
            return False
        # The working folder of every server process is its data folder.
        return _working_folder(process) == str(cluster.data)
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False


def _working_folder(process: psutil.Process) -> str:
    """Return the working folder of a process, empty if we may not see it."""
    try:
        return process.cwd()
    except psutil.AccessDenied:
        # In a container even root may not see the processes of others; their own user may.
        uid = process.uids().real
        if sys.platform == "win32" or os.geteuid() != 0:
            return ""
        owner = ServerUser(name=None, uid=uid, gid=process.gids().real)
        return owner.run(["readlink", f"/proc/{process.pid}/cwd"]).stdout.rstrip("\n")


def _clean_after_crash(cluster: Cluster, user: ServerUser) -> bool:
    """Delete what a killed server left; whether it was killed."""
    lock_file = cluster.data / "postmaster.pid"
    if lock_file.exists():
        _end_leftovers(cluster)
        # PostgreSQL refuses to start when any process has this id, even a zombie.
        lock_file.unlink(missing_ok=True)
    remove_socket_folder(cluster, user)
    for leftover in cluster.run.glob(".s.PGSQL.*"):
        leftover.unlink(missing_ok=True)
    state = user.run([str(program_path("pg_controldata")), "-D", str(cluster.data)]).stdout
    clean = "shut down" in state.partition("Database cluster state:")[2].partition("\n")[0]
    return not clean


def _end_leftovers(cluster: Cluster) -> None:
    """Kill backends that outlived their killed server: they hold its shared memory."""
    deadline = time.monotonic() + _LEFTOVERS_S
    while leftovers := _leftovers(cluster):
        if time.monotonic() > deadline:
            for process in leftovers:
                process.kill()
            psutil.wait_procs(leftovers, timeout=_LEFTOVERS_S)
            return
        time.sleep(_POLL_S)


def _leftovers(cluster: Cluster) -> list[psutil.Process]:
    processes = psutil.process_iter(["pid", "name"])
    servers = [p for p in processes if (p.info["name"] or "").startswith("postgres")]
    return [process for process in servers if _is_server(process.pid, cluster)]


def _rotate_log(cluster: Cluster) -> None:
    """Keep the last log aside where it is large; PostgreSQL's user makes a new one.

    A link in its place was put there by somebody else, and only the link goes.
    """
    if cluster.log.is_symlink():
        cluster.log.unlink()
    if log_size(cluster) > _LOG_MAX:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))


def log_size(cluster: Cluster) -> int:
    """Return the bytes of the server's log; 0 where there is none."""
    try:
        return cluster.log.lstat().st_size
    except FileNotFoundError:
        return 0


def _read_log(cluster: Cluster) -> bytes:
    """Read the server's log, but no file that a link in its place leads to."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(cluster.log, flags), "rb") as file:
            return file.read()
    except OSError:
        return b""


def _not_started(
    cluster: Cluster, result: subprocess.CompletedProcess[str]
) -> WarehouseError | DiskFull:
    lines = _read_log(cluster).decode("utf-8", errors="replace").splitlines()
    last = lines[-40:]
    errors = [line for line in last if re.search("FATAL|PANIC|ERROR", line)]
    what = (errors or lines or [result.stdout.strip() or "no message"])[-1]
    if "No space left" in what:
        return DiskFull(
            f"PostgreSQL does not start because its disk is full: {what}", hint="Free some space."
        )
    hint = f"Look into {cluster.log}."
    if "could not bind" in "\n".join(last) or "could not create any TCP" in what:
        hint = "Another program uses that port: set GRADELINE_DB_PORT to a free one."
    return WarehouseError(f"The embedded PostgreSQL does not start: {what}", hint=hint)

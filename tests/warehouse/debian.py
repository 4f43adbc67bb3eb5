"""Debian's PostgreSQL over TCP with TLS: a server that is not ours."""

from __future__ import annotations

import datetime
import ipaddress
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gradeline.embedded.process import free_port
from gradeline.embedded.programs import ServerUser
from gradeline.warehouse import Database, ExternalServer
from gradeline.warehouse.connect.url import database_from_url

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass(frozen=True, kw_only=True)
class DebianServer:
    """A PostgreSQL that is not ours, as a school might have one."""

    port: int
    certificate: Path

    def place(
        self, login: str = "admin:secret", database: str = "school", home: Path | None = None
    ) -> ExternalServer:
        """Its URL, with the strictest TLS that libpq knows; entry points log in from a home."""
        tls = f"sslmode=verify-full&sslrootcert={self.certificate}"
        url = f"postgresql://{login}@localhost:{self.port}/{database}?{tls}"
        return ExternalServer(url=url, home=home)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run SQL there as its administrator."""
        with self.admin(database).connect_as_login() as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def admin(self, database: str = "postgres") -> Database:
        """One of its databases, as its administrator."""
        return database_from_url(self.place(database=database).url)


def _system_user() -> ServerUser:
    if os.geteuid() != 0:
        return ServerUser(name=None)
    for name in ("postgres", "pgserver", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    return pytest.skip("this is root, and there is no other user to run PostgreSQL as")


def _certificate(folder: Path, who: ServerUser) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    who.own(folder / "key.pem", 0o600)
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem"


@contextmanager
def running_debian_server() -> Iterator[DebianServer]:
    """Run Debian's PostgreSQL, which accepts only TCP with TLS and a password."""
    if not DEBIAN:
        pytest.skip("Debian's PostgreSQL is not installed here (apt install postgresql)")
    programs, who = DEBIAN[0], _system_user()
    folder = Path(tempfile.mkdtemp(prefix="gl-"))
    folder.chmod(0o755)
    (folder / "password").write_text("secret\n")
    who.own(folder / "password", 0o600)
    (folder / "data").mkdir()
    who.own(folder / "data", 0o700)
    init = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "admin", "-N"]
    init += ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "-E", "UTF8", "--locale=C"]
    assert who.run(init).returncode == 0
    certificate, port = _certificate(folder, who), free_port()
    (folder / "data" / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c ssl=on"
    options += f" -c ssl_cert_file={certificate} -c ssl_key_file={folder / 'key.pem'} -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    started = who.run([*control, "-l", str(folder / "data" / "log"), "-o", options, "start"])
    assert started.returncode == 0, started.stdout
    yield DebianServer(port=port, certificate=certificate)
    who.run([*control, "-m", "immediate", "stop"])
    shutil.rmtree(folder)

"""Connections that leave a network of one's own are verified unless somebody chose otherwise."""

from pathlib import Path

import pytest

from gradeline.base.errors import WrongSetting
from gradeline.base.hosts import is_loopback, is_private, secure_login
from gradeline.flows.upkeep.exposure import judge_encryption
from gradeline.lake import open_lake
from gradeline.warehouse.connect.url import database_from_url

OWN = ["127.0.0.1", "::1", "localhost", "", "/var/run/postgresql", "db", "postgres", "10.0.0.7"]
OWN += ["192.168.1.5", "172.20.0.2", "fd00::1", "nas.local", "db.internal"]
PUBLIC = ["db.school.org", "8.8.8.8", "2a00:1450::1", "db.eu-west-1.rds.amazonaws.com"]


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch, tmp_path):
    """No variable and no file of libpq's says anything about TLS."""
    for name in ("PGSSLMODE", "PGSSLROOTCERT", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize("host", OWN)
def test_a_network_of_ones_own_goes_on_as_it_is(host):
    """Containers, sockets and private addresses often have no TLS."""
    assert is_private(host)
    assert secure_login({"host": host}) == {"host": host}


@pytest.mark.parametrize("host", PUBLIC)
def test_a_server_on_the_internet_is_verified(host):
    """Its certificate must be for its name, and of an authority that this machine trusts."""
    assert not is_loopback(host)
    for hosts in (host, f"db,{host}"):
        secured = secure_login({"host": hosts})
        assert secured["sslmode"] == "verify-full"
        assert "BEGIN CERTIFICATE" in Path(secured["sslrootcert"]).read_text(encoding="utf-8")


def test_what_is_chosen_stays(monkeypatch):
    """By the URL, a service or the environment; an authority of one's own is enough."""
    host = {"host": PUBLIC[0]}
    for name, value in {"sslmode": "require", "service": "school"}.items():
        assert secure_login({**host, name: value}) == {**host, name: value}
    own = {**host, "sslrootcert": "/etc/school.pem"}
    assert secure_login(own) == {**own, "sslmode": "verify-full"}
    monkeypatch.setenv("PGSSLMODE", "prefer")
    assert secure_login(host) == host


def test_libpqs_own_file_of_authorities_is_kept(tmp_path):
    """Who has `~/.postgresql/root.crt` put it there for a server like this one."""
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").touch()
    secured = secure_login({"host": PUBLIC[0]})
    assert secured == {"host": PUBLIC[0], "sslmode": "verify-full"}


def test_system_is_the_file_that_this_machine_has(monkeypatch, tmp_path):
    """The OpenSSL of psycopg would look for it where nothing is."""
    roots = tmp_path / "roots.pem"
    roots.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    secured = secure_login({"host": "db", "sslrootcert": "system"})
    assert secured == {"host": "db", "sslmode": "verify-full", "sslrootcert": str(roots)}


def test_a_database_by_url_has_that_default():
    """What DATABASE_URL says itself wins."""
    login = database_from_url("postgresql://u:p@db.school.org/school").login
    assert login.parameters["sslmode"] == "verify-full"
    chosen = database_from_url("postgresql://u:p@db.school.org/school?sslmode=disable").login
    assert chosen.parameters["sslmode"] == "disable"


def test_a_bucket_on_the_internet_is_not_reached_by_http():
    """A network of one's own may be, and whoever says so."""
    options = {
        "endpoint": "http://store.example.org",
        "access_key_id": "a",
        "secret_access_key": "b",
    }
    with pytest.raises(WrongSetting, match="OBJECT_STORAGE_ALLOW_HTTP=true"):
        open_lake("s3://bucket", options=options)
    open_lake("s3://bucket", options={**options, "allow_http": "true"})
    open_lake("s3://bucket", options={**options, "endpoint": "http://minio:9000"})


@pytest.mark.parametrize(
    ("host", "sslmode", "encrypted", "doubt"),
    [
        ("localhost", "", False, ""),
        ("db", "", False, "not encrypted"),
        ("db", "", True, ""),
        ("db.school.org", "require", True, "nobody checks"),
        ("db.school.org", "verify-full", True, ""),
    ],
)
def test_doctor_doubts_what_is_not_verified(host, sslmode, encrypted, doubt):
    """A warning, for nobody is kept from working in a network of their own."""
    said = judge_encryption({"host": host, "sslmode": sslmode}, encrypted=encrypted)
    assert doubt in said
    assert bool(said) == bool(doubt)

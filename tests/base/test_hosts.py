"""Connections that leave a network of one's own are encrypted unless somebody chose otherwise."""

import pytest

from gradeline.base.errors import WrongSetting
from gradeline.base.hosts import default_sslmode, is_loopback, is_private
from gradeline.flows.upkeep.exposure import judge_encryption
from gradeline.lake import open_lake
from gradeline.warehouse.connect.url import database_from_url

OWN = ["127.0.0.1", "::1", "localhost", "", "/var/run/postgresql", "db", "postgres", "10.0.0.7"]
OWN += ["192.168.1.5", "172.20.0.2", "fd00::1", "nas.local", "db.internal"]
PUBLIC = ["db.school.org", "8.8.8.8", "2a00:1450::1", "db.eu-west-1.rds.amazonaws.com"]


@pytest.mark.parametrize("host", OWN)
def test_a_network_of_ones_own_goes_on_as_it_is(host, monkeypatch):
    """Containers, sockets and private addresses often have no TLS."""
    monkeypatch.delenv("PGSSLMODE", raising=False)
    assert is_private(host)
    assert default_sslmode({"host": host}) == {}


@pytest.mark.parametrize("host", PUBLIC)
def test_the_internet_is_crossed_with_tls(host, monkeypatch):
    """Unless the URL, the environment or a service file says otherwise."""
    monkeypatch.delenv("PGSSLMODE", raising=False)
    assert not is_loopback(host)
    assert default_sslmode({"host": host}) == {"sslmode": "require"}
    assert default_sslmode({"host": f"db,{host}"}) == {"sslmode": "require"}
    assert default_sslmode({"host": host, "sslmode": "prefer"}) == {}
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert default_sslmode({"host": host}) == {}


def test_a_database_by_url_has_that_default(monkeypatch):
    """What DATABASE_URL says itself wins."""
    monkeypatch.delenv("PGSSLMODE", raising=False)
    login = database_from_url("postgresql://u:p@db.school.org/school").login
    assert login.parameters["sslmode"] == "require"
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

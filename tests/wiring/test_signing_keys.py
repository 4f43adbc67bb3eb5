"""The keys that sign links: of the setting or the database, the same on every host."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gradeline.access.signed_links import Link, Purpose, sign, verify
from gradeline.base.errors import WrongSetting
from gradeline.settings import read_settings
from gradeline.warehouse import signing_keys
from gradeline.wiring.signing_keys import wire_signing_keys

LINK = Link(purpose=Purpose.FILE, path="/exports/1/file", subject="1")
SECRET = "the-school's-own-signing-secret-0123456789"


@pytest.fixture
def wire(warehouse, tmp_path):
    """Keys as a host with these settings has them."""

    def wired(secret: str | None = None):
        settings = read_settings(home=tmp_path, overrides={"SIGNING_SECRET": secret})
        return wire_signing_keys(settings, warehouse)

    return wired


def test_hosts_without_a_setting_share_one_key_made_once(wire, warehouse):
    """However many start at once."""
    with ThreadPoolExecutor(4) as hosts:
        keys = list(hosts.map(lambda _: wire(), range(4)))
    query = sign(LINK, keys[0], timedelta(hours=1))
    assert [verify(LINK, query, each) for each in keys] == [None] * 4
    with warehouse.connect() as connection:
        assert len(signing_keys.ls(connection)) == 1


def test_a_setting_takes_over_and_what_was_signed_before_still_works(wire):
    """A host that has no setting takes the key of the one that has."""
    before = sign(LINK, wire(), timedelta(hours=1))
    with_setting = wire(SECRET)
    verify(LINK, before, with_setting)
    after = sign(LINK, with_setting, timedelta(hours=1))
    assert before.partition("&")[0] != after.partition("&")[0]
    assert wire().current().key_id == with_setting.current().key_id == wire(SECRET).current().key_id
    assert wire(SECRET[::-1]).current().key_id != with_setting.current().key_id


def test_the_setting_itself_is_not_kept(wire, warehouse):
    """The database has what is made from it."""
    wire(SECRET)
    with warehouse.connect() as connection:
        ((kept,),) = connection.execute("select secret from signing_keys").fetchall()
    assert (len(kept), SECRET.encode() in kept) == (32, False)


def test_a_weak_secret_is_refused(wire):
    """Nothing starts with it."""
    with pytest.raises(WrongSetting, match="SIGNING_SECRET is too weak"):
        wire("short")

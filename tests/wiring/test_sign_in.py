"""From settings to sign-in: weak secrets are refused, and the database says who people are."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import product

import jwt
import pytest

from gradeline.access.api_tokens import make_token
from gradeline.access.permissions import Permission, Role
from gradeline.base.clock import now
from gradeline.base.errors import SignInNeeded, WarehouseError, WrongSetting
from gradeline.flows.api_tokens import WantedToken, add_token
from gradeline.flows.sign_in import first_admin_link, make_sign_in_link
from gradeline.flows.staff import add_member, remove_member
from gradeline.records.api_tokens import WarehouseAccess
from gradeline.records.staff import NewStaffMember
from gradeline.sandbox.jwks.twin import PATH, JwksTwin
from gradeline.sandbox.server.running import running
from gradeline.sandbox.yandex.twin import CLIENT_ID, YandexTwin
from gradeline.settings import read_settings
from gradeline.warehouse import Role as DatabaseRole
from gradeline.wiring.sign_in import describe_sign_in, wire_sign_in

SECRET = "a-secret-of-the-school-that-is-long-enough"
URL = "https://reports.school.example"


@pytest.fixture
def wire(warehouse, tmp_path):
    """Sign-in by settings that a person writes."""

    def wired(clock=time.time, **written):
        return wire_sign_in(read_settings(home=tmp_path, overrides=written), warehouse, clock)

    return wired


@pytest.fixture
def people(warehouse) -> None:
    """Vasya, a curator by login; Ana, an administrator by e-mail."""
    with warehouse.connect() as connection:
        for login, email, role in [("vasya", None, "curator"), (None, "ana@x.example", "admin")]:
            member = NewStaffMember(login=login, email=email, role=role, added_by="test")
            add_member(connection, member, "en")


def token(database, **wanted) -> str:
    """A token of ours as an administrator makes it."""
    values = {"name": "t", "life": timedelta(days=1), "made_by": "test"} | wanted
    with database.connect() as connection:
        return add_token(connection, WantedToken(**values), now())


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({"JWT_SECRET": "short"}, "JWT_SECRET is too weak"),
        ({"JWT_SECRET": "a" * 40}, "JWT_SECRET is too weak"),
        ({"JWT_JWKS_URL": "http://login.school.example/keys"}, "JWT_JWKS_URL"),
        ({"JWT_JWKS_URL": "file:///etc/passwd"}, "JWT_JWKS_URL"),
        ({"AUTH_READ_ACCESS": "vasya"}, "YANDEX_CLIENT_ID"),
    ],
)
def test_a_setting_that_would_be_unsafe_is_named(template, tmp_path, written, named):
    """Nothing starts with it, and the secret is not in the message."""
    settings = read_settings(home=tmp_path, overrides=written)
    with pytest.raises(WrongSetting, match=named) as wrong:
        wire_sign_in(settings, template)
    assert "short" not in str(wrong.value)


def test_each_kind_of_token_signs_in(wire, warehouse, people):
    """By secret, by published keys, by Yandex, by a token of ours."""
    yandex, jwks = YandexTwin(), JwksTwin()
    with running([yandex, jwks]) as there:
        sign_in = wire(
            JWT_SECRET=SECRET,
            JWT_JWKS_URL=f"{there.url}/jwks{PATH}",
            YANDEX_CLIENT_ID=CLIENT_ID,
            AUTH_WRITE_ACCESS="vasya",
            SANDBOX_URL=there.url,
        )
        end = int(time.time()) + 60
        claims = {"sub": "x", "email": "Ana@x.example", "exp": end}
        by_secret = sign_in.principal_of(jwt.encode(claims, SECRET, "HS256"))
        by_key = sign_in.principal_of(jwks.issue({"sub": "s", "role": "student", "exp": end}))
        vasya = sign_in.principal_of("y0_sandbox-token-of-vasya")
        masha = sign_in.principal_of("y0_sandbox-token-of-masha")
    ours = sign_in.principal_of(token(warehouse, role=Role.READER))
    roles = [one.role for one in (by_secret, by_key, vasya, masha, ours)]
    assert roles == [Role.ADMIN, Role.LEARNER, Role.CURATOR, Role.GUEST, Role.READER]
    assert vasya.may(Permission.WRITE_WAREHOUSE)
    assert not masha.may(Permission.READ_WAREHOUSE)


def test_the_hint_has_the_link_that_gives_a_token(wire):
    """Filled in, where the application is set."""
    with pytest.raises(SignInNeeded, match="response_type=token&client_id=abc ") as needed:
        wire(YANDEX_CLIENT_ID="abc").principal_of("")
    assert "gradeline token add" in needed.value.hint
    with pytest.raises(SignInNeeded, match="looks like a JWT"):
        wire().principal_of("a.b.c")


def test_doctor_says_which_ways_are_set(tmp_path):
    """With the link that gives a token of Yandex; a weak secret is named there, too."""
    written = {"YANDEX_CLIENT_ID": "abc", "JWT_SECRET": SECRET}
    said = describe_sign_in(read_settings(home=tmp_path, overrides=written))
    assert "JWTs of the school" in said
    assert "response_type=token&client_id=abc" in said
    with pytest.raises(WrongSetting):
        describe_sign_in(read_settings(home=tmp_path, overrides={"JWT_SECRET": "weak"}))


def test_a_token_is_what_it_was_made_for(wire, warehouse, people):
    """A person's rights of today, or rights of its own, until its end."""
    at = [time.time()]
    as_vasya, writes = (
        token(warehouse, person="vasya"),
        token(warehouse, warehouse=WarehouseAccess.WRITE),
    )
    sign_in = wire(lambda: at[0])
    assert sign_in.principal_of(as_vasya).role is Role.CURATOR
    assert sign_in.principal_of(writes).may(Permission.WRITE_WAREHOUSE)
    assert sign_in.principal_of(writes).login.startswith("token gl_")
    with warehouse.connect() as connection:
        remove_member(connection, "vasya")
    at[0] += 6
    with pytest.raises(SignInNeeded, match="no such token"):
        sign_in.principal_of(as_vasya)
    at[0] += 86_400
    with pytest.raises(SignInNeeded, match="has expired"):
        sign_in.principal_of(writes)
    with pytest.raises(SignInNeeded, match="no such token"):
        sign_in.principal_of(make_token().text)


def test_a_token_is_kept_as_its_hash_and_its_use_to_the_hour(wire, warehouse):
    """No table has the token."""
    text = token(warehouse, role=Role.ADMIN)
    wire().principal_of(text)
    with warehouse.connect() as connection:
        (row,) = connection.execute("select t::text, last_used_at from api_tokens t").fetchall()
    assert text[11:] not in row[0]
    assert (row[1].minute, row[1].second) == (0, 0)


def test_requests_and_the_sql_shell_are_refused_them(warehouse, people):
    """Not as an administrator either."""
    tables = ("api_tokens", "sign_in_links", "signing_keys", "staff", "staff_groups")
    for role, table in product((DatabaseRole.APP, DatabaseRole.READER), tables):
        with pytest.raises(WarehouseError, match="denied"), warehouse.connect(role) as connection:
            connection.execute(f"select * from {table}")


def test_the_first_link_is_printed_while_there_is_no_administrator(wire, warehouse, people):
    """The one before ends; it signs in once, as an administrator."""
    with warehouse.connect() as connection:
        assert first_admin_link(connection, public_url=URL, made_by="test") is None
        remove_member(connection, "ana@x.example")
        old, new = (first_admin_link(connection, public_url=URL, made_by="test") for _ in "ab")
    sign_in = wire()
    assert new.startswith(f"{URL}/sign-in?link=")
    with pytest.raises(SignInNeeded):
        sign_in.redeem(old.partition("=")[2])
    token = sign_in.redeem(new.partition("=")[2])
    assert sign_in.principal_of(token).role is Role.ADMIN
    with pytest.raises(SignInNeeded, match="used already"):
        sign_in.redeem(new.partition("=")[2])


def test_a_link_signs_in_whom_it_names_until_its_time_is_over(wire, warehouse, people):
    """After half an hour it is as if it had never been."""
    with warehouse.connect() as connection:
        links = [
            make_sign_in_link(connection, "vasya", public_url=URL, made_by="test") for _ in "ab"
        ]
    sign_in = wire()
    vasya = sign_in.principal_of(sign_in.redeem(links[0].partition("=")[2]))
    assert (vasya.role, vasya.login) == (Role.CURATOR, "vasya")
    with warehouse.connect() as connection:
        connection.execute("update sign_in_links set expires_at = now() - interval '1 second'")
    with pytest.raises(SignInNeeded):
        sign_in.redeem(links[1].partition("=")[2])

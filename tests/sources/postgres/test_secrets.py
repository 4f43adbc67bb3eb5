"""No message about another PostgreSQL shows its password."""

from __future__ import annotations

import pytest

from gradeline.base.errors import GradelineError, SourceRefused, WrongSetting
from gradeline.sources.postgres.retries import RetryPolicy
from gradeline.sources.postgres.tables import parse_tables

#: Written as it is in the URL, which then says something else.
BREAKING = [
    "S3cr/etTail",
    "S3cr@etTail",
    "S3cr%etTail",
    "S3cr?etTail",
    "S3cr etTail",
    "S3cr:8/etTail",
    "12#etTail@localhost/x",
]
URLS = [
    "postgresql://bob:{}@127.0.0.1:1/school",
    "postgresql://127.0.0.1:1/school?user=bob&password={}",
]


def ask(url, home):
    """Read the setting and ask a port where nobody listens."""
    (table,) = parse_tables(f"a=mapping@{url}#t?cursor=id", home=home)
    RetryPolicy(speed=10_000).run(table, list)


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("password", BREAKING)
def test_a_password_that_breaks_the_url_is_not_shown(password, url, tmp_path):
    """Wherever libpq takes its parts for something else, no message has them."""
    (tmp_path / "mapping").mkdir()
    with pytest.raises(GradelineError) as caught:
        ask(url.format(password), tmp_path)
    assert "etTail" not in str(caught.value)


def test_a_slash_in_a_password_is_said_to_be_one(tmp_path):
    """The message names the part of the setting and how such signs are written."""
    with pytest.raises(WrongSetting, match=r"part 1 of POSTGRES_TABLES .* %2F"):
        parse_tables("a=m@postgresql://bob:S3cr/et@h:1/school#t?cursor=id", home=tmp_path)


def test_a_server_that_nobody_vouches_for_is_asked_once(database, tmp_path):
    """It gets no password; the message names the part of the URL that says whom to trust."""
    (tmp_path / "mapping").mkdir()
    url = f"{database.url}?sslmode=verify-full&sslrootcert=system"
    (table,) = parse_tables(f"a=mapping@{url}#t?cursor=id", home=tmp_path)
    with pytest.raises(SourceRefused, match=r"support SSL.*sslrootcert in the URL"):
        RetryPolicy(speed=0.001).run(table, list)


def test_words_of_a_server_are_masked(tmp_path):
    """A password is replaced in both its forms, wherever in the URL it stood."""
    (tmp_path / "m").mkdir()
    for url in ("postgresql://u:p%40ss@h/d", "postgresql://h/d?user=u&password=p%40ss"):
        (table,) = parse_tables(f"a=m@{url}#t?cursor=id", home=tmp_path)
        assert table.mask("login p@ss, p%40ss") == "login ***, ***"
        assert "ss" not in f"{table} {table!r}"

"""Settings are read once, from flag, environment, `.env` and defaults, in that order."""

import os
from pathlib import Path

import pytest

from gradeline.base.errors import WrongSetting
from gradeline.settings import env_example, find_misspelled, read_settings, settings_rows
from gradeline.settings.addresses import google_key


def read(text: str, **options):
    """Settings as an env file with that text gives them."""
    env_file = Path("test.env")
    env_file.write_text(text, encoding="utf-8")
    return read_settings(env_file=env_file, **options)


def test_the_example_file_gives_the_defaults():
    """A copy of .env.example changes nothing."""
    assert read(env_example()).model_dump() == read("").model_dump()


def test_the_environment_wins_over_the_file(monkeypatch):
    """A variable of the environment beats the same name in .env."""
    monkeypatch.setenv("PASS_MARK", "55")
    assert read("PASS_MARK=60").pass_mark == 55


def test_the_flag_wins_over_everything(monkeypatch):
    """A home given on the command line beats environment and file."""
    monkeypatch.setenv("GRADELINE_HOME", "/elsewhere")
    assert read("", home=Path("here")).gradeline_home == Path("here")


def test_each_row_says_where_its_value_comes_from(monkeypatch):
    """The table tells default, file, environment and command apart."""
    monkeypatch.setenv("PASS_MARK", "55")
    rows = settings_rows(read("DB_NAME=school", home=Path("here")))
    origins = {row.name: row.origin for row in rows}
    assert origins["PASS_MARK"] == "environment"
    assert origins["DB_NAME"] == "test.env"
    assert origins["GRADELINE_HOME"] == "command"
    assert origins["DB_USER"] == "default"


def test_a_secret_is_never_shown():
    """A password appears in no row, no repr and no text of the settings."""
    settings = read("DB_PASSWORD=hunter2\nDATABASE_URL=postgresql://a:hunter2@h/d")
    assert "hunter2" not in f"{settings_rows(settings)} {settings!r} {settings}"


@pytest.mark.parametrize(
    "line",
    [
        "PASS_MARK=101",
        "PASS_MARK=forty",
        "QUARANTINE_HOLD_PERCENT=-1",
        "REPORTING_SIGNED_URL_TTL_HOURS=169",
        "SCHOOL_TIMEZONE=Mars/Olympus",
        "SCHOOL_TIMEZONE=../../etc/passwd",
        "GRADELINE_LANG=de",
        "GRADELINE_ENGINE=abacus",
        "STORAGE_BACKEND=floppy",
        "TIME_MAX_THRESHOLD_MINUTES=0",
        "GRADELINE_DB_PORT=70000",
        "DATABASE_URL=mysql://h/d",
        "LAKE_URL=ftp://h/d",
        "GRADELINE_HOME=~no-such-user/data",
        "LOG_RETENTION_DAYS=99999999999",
        "RAW_RETENTION_DAYS=99999999999",
        "LEARNWORLDS_POLL_SECS=99999999999",
        "SANDBOX_SPEED=1e-300",
        "SANDBOX_SPEED=nan",
    ],
)
def test_a_wrong_value_is_refused_by_name(line):
    """A value that cannot work ends with exit code 2 and the setting's name."""
    with pytest.raises(WrongSetting, match=line.partition("=")[0]) as refused:
        read(line)
    assert refused.value.exit_code == 2


def test_all_wrong_values_are_named_at_once():
    """Two mistakes are reported together."""
    with pytest.raises(WrongSetting, match=r"(?s)GRADELINE_LANG.*PASS_MARK"):
        read("PASS_MARK=200\nGRADELINE_LANG=de")


def test_a_wrong_secret_is_named_but_not_shown():
    """A refused DATABASE_URL keeps its password out of the message."""
    with pytest.raises(WrongSetting, match="DATABASE_URL") as refused:
        read("DATABASE_URL=mysql://me:hunter2@h/d")
    assert "hunter2" not in str(refused.value)


def test_a_file_in_another_encoding_is_refused():
    """An env file that is not UTF-8 is named."""
    Path("old.env").write_bytes(b"DB_NAME=\xf1and\xfa")
    with pytest.raises(WrongSetting, match=r"old\.env cannot be read"):
        read_settings(env_file=Path("old.env"))


def test_a_windows_file_is_read():
    """A byte order mark and CRLF line ends do not hide the first name."""
    Path("win.env").write_bytes(b"\xef\xbb\xbfDB_NAME=school\r\nPASS_MARK=50\r\n")
    settings = read_settings(env_file=Path("win.env"))
    assert (settings.db_name, settings.pass_mark) == ("school", 50)


def test_names_of_others_are_left_alone():
    """A name that is not ours is no error."""
    assert read("NODE_ENV=production").db_name == "grader_db"


def test_a_likely_misspelling_is_found():
    """A name that resembles a setting is reported with the setting's name."""
    Path("test.env").write_text("PASS_MRAK=50\nNODE_ENV=production\nDB_HOTS=h\n")
    assert find_misspelled(Path("test.env")) == [("PASS_MRAK", "PASS_MARK"), ("DB_HOTS", "DB_HOST")]


def test_ignored_users_are_split_at_commas():
    """IGNORED_USERS takes several, blanks around them do not count."""
    settings = read("IGNORED_USERS= a@school.org , b@school.org ,")
    assert settings.ignored_users == ("a@school.org", "b@school.org")


@pytest.mark.parametrize("name", ["GRADELINE_HOME", "FILES_DATASETS", "SENDER_PASSWORD"])
def test_bytes_that_are_not_text_are_refused_by_name(name, monkeypatch):
    """A value of the environment that is not UTF-8 names its setting; a secret is not shown."""
    monkeypatch.setenv(name, "caf\udce9")
    with pytest.raises(WrongSetting, match=f"{name} has bytes that are not UTF-8") as caught:
        read("")
    assert ("caf" in str(caught.value)) == (name != "SENDER_PASSWORD")


def test_a_home_below_a_folder_that_is_not_text_is_refused(tmp_path, monkeypatch):
    """The default home lies in the current folder, whose name counts as well."""
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(WrongSetting, match="GRADELINE_HOME has bytes that are not UTF-8"):
        read("")


def test_the_home_of_a_user_may_be_written_as_a_tilde(monkeypatch):
    """`~` in .env means the same folder for the database, the lake and the logs."""
    monkeypatch.setenv("HOME", "/home/ada")
    assert read("GRADELINE_HOME=~/school").gradeline_home == Path("/home/ada/school")


@pytest.mark.parametrize("content", [b"DEBUG=\xff", b"GRADELINE_HOME=a\0b"])
def test_a_file_of_settings_that_is_not_text_is_refused(content):
    """Bytes that are not UTF-8, and NUL, name the file and what to do."""
    Path("test.env").write_bytes(content)
    with pytest.raises(WrongSetting, match=r"test\.env .* Save it as plain text in UTF-8\."):
        read_settings(env_file=Path("test.env"))


@pytest.mark.parametrize(
    "name",
    ["GRADER_API_URL", "OBJECT_STORAGE_ENDPOINT", "SANDBOX_URL", "JWT_JWKS_URL", "PUBLIC_URL"],
)
@pytest.mark.parametrize("password", ["hunter22", "hun/ter22", "hun@ter22", "hun?t#er22"])
def test_an_address_with_a_password_is_refused_and_not_shown(name, password):
    """`gradeline settings` prints addresses, so they carry no login."""
    with pytest.raises(WrongSetting, match="no user and password before its host") as caught:
        read(f"{name}='https://bob:{password}@example.org/x'")
    assert "ter22" not in str(caught.value)


def test_a_lake_with_a_password_is_refused_and_a_folder_with_a_sign_is_not():
    """An `@` in a folder's name is no login."""
    with pytest.raises(WrongSetting, match="no user and password before its host"):
        read("LAKE_URL=s3://bob:hunter22@bucket/prefix")
    assert read("LAKE_URL=file:///home/me@school/lake").lake_url is not None


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="root alone gives files away")
@pytest.mark.parametrize("name", ["test.env", "credentials.json"])
def test_a_file_of_another_user_decides_nothing(name):
    """A `.env` or `credentials.json` that somebody else put here is refused."""
    Path(name).write_text("PASS_MARK=60", encoding="utf-8")
    os.chown(name, 12345, 12345)
    with pytest.raises(WrongSetting, match=rf"{name} belongs to another user \(number 12345\)"):
        google_key(read_settings(env_file=Path("test.env")))

"""Several settings together say where the database and the lake are."""

import base64
from pathlib import Path

import pytest

from gradeline.base.errors import WrongSetting
from gradeline.settings import read_settings
from gradeline.settings.addresses import lake_address

OLD_ENV_FILES = {
    "grader": "DB_HOST=localhost\nDB_PASSWORD=12345\nEMAIL_ENABLED=true\nSMTP_PORT=587\n"
    "SENDER_EMAIL=me@school.org\nRECIPIENT_EMAIL=a@school.org,b@school.org\n",
    "dwh": "DB_HOST=db\nAMPLITUDE_WEB_API_KEY=k\nAPPMETRICA_TOKEN=t\nAUTH_READ_ACCESS=a,b\n",
    "batch": "STORAGE_BACKEND=local\nGCP_BUCKET_NAME=b\nREGION=us-central1\n"
    "SLACK_CHANNEL=#reports\nCLIENT_ID=c\nIGNORED_USERS=a@b.c\nDEBUG=true\n",
    "reporting": "REPORTING_WORKER_INTERVAL_SECS=3600\nREPORTING_ENABLE_LIVE_UPDATES=false\n"
    "OBJECT_STORAGE_BUCKET=exports\nOBJECT_STORAGE_ENDPOINT=http://localhost:9000\n",
    "bot": "DB_HOST=localhost\nDB_NAME=bot\nTELEGRAM_BOT_TOKEN=1:a\nTELEGRAM_CHAT_ID=-100\n",
}


def read(*lines: str):
    """Settings as an env file with those lines gives them."""
    Path("test.env").write_text("\n".join(lines), encoding="utf-8")
    return read_settings(env_file=Path("test.env"))


@pytest.mark.parametrize("system", OLD_ENV_FILES)
def test_an_old_env_file_is_taken_as_it_is(system):
    """The .env of each of the five systems is read without an error."""
    assert read(OLD_ENV_FILES[system]).gradeline_home == Path("data")


def test_without_a_host_the_database_is_embedded():
    """DB_NAME and DB_PORT alone do not mean a server."""
    assert read("DB_NAME=school", "DB_PORT=5433").warehouse_url() is None


def test_the_five_names_make_one_url():
    """DB_HOST and the rest become a URL, signs of the password escaped."""
    settings = read("DB_HOST=db.school.org", "DB_USER=me", "DB_PASSWORD=p@ss/w:rd", "DB_NAME=x y")
    assert settings.warehouse_url() == "postgresql://me:p%40ss%2Fw%3Ard@db.school.org:5432/x%20y"


def test_how_the_server_is_verified_follows_the_five_names():
    """An old .env on a network of its own adds two lines, if any."""
    settings = read("DB_HOST=h", "DB_SSLMODE=verify-ca", "DB_SSLROOTCERT=/etc/a b.pem")
    url = settings.warehouse_url()
    assert url.endswith("/grader_db?sslmode=verify-ca&sslrootcert=%2Fetc%2Fa%20b.pem")
    url = read("DB_HOST=h", "DB_SSLROOTCERT=/x").warehouse_url()
    assert url.endswith("/grader_db?sslrootcert=%2Fx")


def test_the_url_wins_over_the_five_names():
    """DATABASE_URL beats DB_HOST."""
    settings = read("DB_HOST=old", "DATABASE_URL=postgresql://me@new/school")
    assert settings.warehouse_url() == "postgresql://me@new/school"


def test_a_driver_in_the_url_is_dropped():
    """A URL written for SQLAlchemy works."""
    settings = read("DATABASE_URL=postgresql+psycopg2://me@h/school")
    assert settings.warehouse_url() == "postgresql://me@h/school"


def test_a_socket_folder_is_a_host():
    """DB_HOST may be a folder, as libpq has it."""
    settings = read("DB_HOST=/var/run/postgresql")
    assert "?host=%2Fvar%2Frun%2Fpostgresql&port=5432" in str(settings.warehouse_url())


@pytest.mark.parametrize(
    ("lines", "url"),
    [
        (["GRADELINE_HOME=h"], "file:h"),
        (["OBJECT_STORAGE_BUCKET=b"], "s3://b/data"),
        (["OBJECT_STORAGE_BUCKET=b", "OBJECT_STORAGE_PREFIX=/x/"], "s3://b/x/data"),
        (["STORAGE_BACKEND=gcp", "GCP_BUCKET_NAME=b"], "gs://b/data"),
        (["STORAGE_BACKEND=local", "GCP_BUCKET_NAME=b"], "file:data"),
        (["STORAGE_BACKEND=azure", "AZURE_STORAGE_CONTAINER=c"], "az://c/data"),
        (["STORAGE_BACKEND=hybrid", "GCP_BUCKET_NAME=b"], "file:data"),
        (["STORAGE_BACKEND=gcp", "LAKE_URL=s3://w/p"], "s3://w/p"),
    ],
)
def test_the_lake_is_where_the_settings_say(lines, url):
    """LAKE_URL wins, then STORAGE_BACKEND, then a bucket that implies s3."""
    assert read(*lines).lake_place() == url


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            ["STORAGE_BACKEND=local", "OBJECT_STORAGE_BUCKET=b"],
            ["STORAGE_BACKEND", "OBJECT_STORAGE_BUCKET"],
        ),
        (
            ["STORAGE_BACKEND=gcp", "OBJECT_STORAGE_BUCKET=b"],
            ["STORAGE_BACKEND", "OBJECT_STORAGE_BUCKET"],
        ),
        (["STORAGE_BACKEND=gcp"], ["STORAGE_BACKEND", "GCP_BUCKET_NAME"]),
        (
            ["STORAGE_BACKEND=hybrid"],
            ["STORAGE_BACKEND", "GCP_BUCKET_NAME", "OBJECT_STORAGE_BUCKET"],
        ),
        (
            ["STORAGE_BACKEND=hybrid", "GCP_BUCKET_NAME=b", "OBJECT_STORAGE_BUCKET=c"],
            ["GCP_BUCKET_NAME", "OBJECT_STORAGE_BUCKET"],
        ),
    ],
)
def test_storage_settings_that_disagree_are_both_named(lines, names):
    """Two that cannot both hold end with exit code 2 and both names."""
    with pytest.raises(WrongSetting) as refused:
        read(*lines)
    assert refused.value.exit_code == 2
    assert all(name in str(refused.value) for name in names)


def test_hybrid_works_at_home_and_has_a_copy_in_the_cloud():
    """With hybrid the lake is the home, and the one cloud that is set has the copy."""
    address = lake_address(read("STORAGE_BACKEND=hybrid", "OBJECT_STORAGE_BUCKET=b"))
    assert (address.url, address.cloud, address.copy_url) == ("file:data", "s3", "s3://b/data")
    assert read("STORAGE_BACKEND=local").copy_place() is None


def test_s3_options_carry_the_secret_to_the_store():
    """What opens a bucket has the store's own names."""
    settings = read("OBJECT_STORAGE_BUCKET=b", "OBJECT_STORAGE_SECRET_ACCESS_KEY=s")
    assert settings.lake_options() == {"secret_access_key": "s"}


@pytest.mark.parametrize("way", ["text", "base64", "path", "credentials.json"])
def test_a_google_key_may_be_given_in_four_ways(way):
    """JSON, base64 of it, a path, or credentials.json in the working folder."""
    key = '{"type": "service_account"}'
    Path("key.json" if way == "path" else "credentials.json").write_text(key)
    ways = {"text": key, "base64": base64.b64encode(key.encode()).decode(), "path": "key.json"}
    line = f"GOOGLE_SERVICE_ACCOUNT_KEY='{ways[way]}'" if way in ways else ""
    settings = read("STORAGE_BACKEND=gcp", "GCP_BUCKET_NAME=b", line)
    assert settings.lake_options() == {"service_account_key": key}


def test_a_google_key_that_is_nothing_of_these_is_refused():
    """A mistyped path is named as such, its value is not shown."""
    settings = read(
        "STORAGE_BACKEND=gcp", "GCP_BUCKET_NAME=b", "GOOGLE_SERVICE_ACCOUNT_KEY=key.jsn"
    )
    with pytest.raises(WrongSetting, match="GOOGLE_SERVICE_ACCOUNT_KEY") as refused:
        settings.lake_options()
    assert "key.jsn" not in str(refused.value)


def test_a_key_file_that_is_not_text_is_named(monkeypatch, tmp_path):
    """credentials.json in another encoding is a wrong setting, not a traceback."""
    monkeypatch.chdir(tmp_path)
    Path("credentials.json").write_bytes(b"\xff\xfe{")
    settings = read_settings(overrides={"STORAGE_BACKEND": "gcp", "GCP_BUCKET_NAME": "b"})
    with pytest.raises(WrongSetting, match=r"credentials\.json cannot be read"):
        settings.lake_options()

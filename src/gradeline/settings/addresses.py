"""Addresses that follow from several settings: of the database and of the lake."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from gradeline.base.errors import WrongSetting
from gradeline.settings.declared import Declarations
from gradeline.settings.values import refuse_foreign_file

#: The prefix our keys keep in a bucket, so that they read as they do in the default home.
BUCKET_PREFIX = "data"
#: The folder of backups beside a lake.
BACKUPS = "backup"
_CREDENTIALS_FILE = Path("credentials.json")
#: cloud → the setting that names the place in it
PLACES = {
    "s3": "object_storage_bucket",
    "gcp": "gcp_bucket_name",
    "azure": "azure_storage_container",
}


#: scheme of a URL → cloud
CLOUDS = {"s3": "s3", "gs": "gcp", "az": "azure"}


@dataclass(frozen=True, kw_only=True)
class StoreAddress:
    """Where the lake is."""

    url: str  #: `file:…`, `s3://…`, `gs://…` or `az://…`, without secrets
    cloud: str | None = None  #: `s3`, `gcp` or `azure`, of the URL or the copy; None = no cloud
    copy_url: str | None = None  #: the cloud that has a copy of a lake on this machine


def database_url(settings: Declarations) -> SecretStr | None:
    """Return the server's libpq URL, None for the embedded one; DATABASE_URL wins over DB_HOST."""
    if settings.database_url is not None:
        scheme, _, rest = settings.database_url.get_secret_value().partition("://")
        return SecretStr(f"{scheme.partition('+')[0]}://{rest}")
    if settings.db_host is None:
        return None
    login = quote(settings.db_user, safe="")
    if settings.db_password is not None:
        login += ":" + quote(settings.db_password.get_secret_value(), safe="")
    name = quote(settings.db_name, safe="")
    roots = settings.db_sslrootcert
    tls = f"sslmode={settings.db_sslmode}" if settings.db_sslmode else ""
    if roots is not None:
        tls = "&".join(filter(None, (tls, f"sslrootcert={quote(roots.as_posix(), safe='')}")))
    if settings.db_host.startswith("/"):  # a socket folder cannot stand in a URL's host
        host = quote(settings.db_host, safe="")
        port = f"host={host}&port={settings.db_port}"
        return SecretStr(f"postgresql://{login}@/{name}?{'&'.join(filter(None, (port, tls)))}")
    host = f"[{settings.db_host}]" if ":" in settings.db_host else settings.db_host
    address = f"postgresql://{login}@{host}:{settings.db_port}/{name}"
    return SecretStr(f"{address}?{tls}" if tls else address)


def lake_address(settings: Declarations) -> StoreAddress:
    """Return where the lake is: by LAKE_URL, else STORAGE_BACKEND, else OBJECT_STORAGE_BUCKET.

    Raises:
        WrongSetting: two settings disagree, or one is missing; the message names them.
    """
    if settings.lake_url is not None:
        cloud = CLOUDS.get(settings.lake_url.partition(":")[0])
        return StoreAddress(url=settings.lake_url, cloud=cloud)
    backend = _backend(settings)
    home = f"file:{quote(settings.gradeline_home.as_posix(), safe='/:~')}"
    if backend == "local":
        return StoreAddress(url=home)
    cloud = _only_cloud(settings) if backend == "hybrid" else backend
    place = getattr(settings, PLACES[cloud])
    if place is None:
        raise WrongSetting(
            f"STORAGE_BACKEND is {backend}, but {PLACES[cloud].upper()} is not set.",
            hint=f"Set {PLACES[cloud].upper()}, or STORAGE_BACKEND=local.",
        )
    url = _bucket_url(settings, cloud, place)
    if backend == "hybrid":
        return StoreAddress(url=home, cloud=cloud, copy_url=url)
    return StoreAddress(url=url, cloud=cloud)


def backup_address(settings: Declarations) -> str:
    """Return where backups are: by BACKUP_URL, else in the bucket or copy, else in the home."""
    if settings.backup_url is not None:
        return settings.backup_url
    lake = lake_address(settings)
    if lake.cloud is None:
        return f"file:{quote((settings.gradeline_home / BACKUPS).as_posix(), safe='/:~')}"
    bucket = urlsplit(lake.copy_url or lake.url)
    prefix = bucket.path.strip("/") or BUCKET_PREFIX
    return f"{bucket.scheme}://{bucket.netloc}/{prefix}/{BACKUPS}"


def _backend(settings: Declarations) -> str:
    bucket = settings.object_storage_bucket
    if "storage_backend" not in settings.model_fields_set:
        return "s3" if bucket is not None else "local"
    if bucket is not None and settings.storage_backend not in ("s3", "hybrid"):
        raise WrongSetting(
            f"STORAGE_BACKEND is {settings.storage_backend}, but OBJECT_STORAGE_BUCKET names"
            " an S3 bucket.",
            hint="Set STORAGE_BACKEND=s3, or remove OBJECT_STORAGE_BUCKET.",
        )
    return settings.storage_backend


def _only_cloud(settings: Declarations) -> str:
    clouds = [cloud for cloud, name in PLACES.items() if getattr(settings, name) is not None]
    if len(clouds) == 1:
        return clouds[0]
    names = [PLACES[cloud].upper() for cloud in clouds or PLACES]
    if clouds:
        raise WrongSetting(
            "STORAGE_BACKEND is hybrid, which means local and one cloud, but"
            f" {' and '.join(names)} are all set.",
            hint="Keep one of them.",
        )
    raise WrongSetting(
        "STORAGE_BACKEND is hybrid, which means local and one cloud, but no cloud is set.",
        hint=f"Set one of {', '.join(names)}.",
    )


def _bucket_url(settings: Declarations, cloud: str, place: str) -> str:
    scheme = {"s3": "s3", "gcp": "gs", "azure": "az"}[cloud]
    prefix = (settings.object_storage_prefix or "").strip("/") if cloud == "s3" else ""
    path = f"{prefix}/{BUCKET_PREFIX}" if prefix else BUCKET_PREFIX
    return f"{scheme}://{place}/{path}"


def lake_options(settings: Declarations) -> dict[str, str]:
    """Return the options that open the lake's cloud, named as obstore names them; with secrets."""
    return options_of(settings, lake_address(settings).cloud)


def options_of(settings: Declarations, cloud: str | None) -> dict[str, str]:
    """Return the options that open a cloud, named as obstore names them; with secrets."""
    options: dict[str, str | SecretStr | None] = {}
    match cloud:
        case "s3":
            options = {
                "endpoint": settings.object_storage_endpoint,
                "allow_http": "true" if settings.object_storage_allow_http else None,
                "region": settings.object_storage_region,
                "access_key_id": settings.object_storage_access_key_id,
                "secret_access_key": settings.object_storage_secret_access_key,
            }
        case "gcp":
            options = {"service_account_key": google_key(settings)}
        case "azure":
            options = {
                "account_name": settings.azure_storage_account,
                "account_key": settings.azure_storage_key,
            }
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in options.items()
        if value is not None
    }


def google_key(settings: Declarations) -> SecretStr | None:
    """Return the service account as JSON; None means the machine's own Google identity.

    Raises:
        WrongSetting: GOOGLE_SERVICE_ACCOUNT_KEY is not JSON, base64 of it, or a file; or
            credentials.json is not text, or belongs to another user.
    """
    setting = settings.google_service_account_key
    if setting is None:
        return _default_google_key()
    text = setting.get_secret_value().strip()
    if text.startswith("{"):
        return SecretStr(text)
    try:
        if Path(text).is_file():
            return SecretStr(Path(text).read_text(encoding="utf-8"))
        decoded = base64.b64decode(text, validate=True).decode()
    except (OSError, ValueError, binascii.Error):
        decoded = ""
    if not decoded.lstrip().startswith("{"):
        raise WrongSetting(
            "GOOGLE_SERVICE_ACCOUNT_KEY is not JSON, base64 of JSON, or an existing file.",
            hint="Set it to the path of the key file, or to its text.",
        )
    return SecretStr(decoded)


def _default_google_key() -> SecretStr | None:
    """Return the text of credentials.json in the current folder, None where there is none."""
    if not _CREDENTIALS_FILE.is_file():
        return None
    refuse_foreign_file(_CREDENTIALS_FILE)
    try:
        return SecretStr(_CREDENTIALS_FILE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(
            f"{_CREDENTIALS_FILE} cannot be read: {error}.",
            hint="Download the key again, or name another in GOOGLE_SERVICE_ACCOUNT_KEY.",
        ) from None

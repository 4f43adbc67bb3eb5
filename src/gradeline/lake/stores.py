"""Open an object store from a URL and options; the only module that knows the schemes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import AzureStore, GCSStore, LocalStore, ObjectStore, S3Store

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

from gradeline.base.errors import WrongSetting
from gradeline.base.hosts import is_private

#: The prefix of keys in a bucket whose URL has none, like the local folder `./data`.
DEFAULT_PREFIX = "data"

#: The options each store takes, beside `endpoint` for s3.
_OPTIONS: Mapping[str, frozenset[str]] = {
    "s3": frozenset({"region", "access_key_id", "secret_access_key", "session_token"}),
    "gs": frozenset({"service_account_key", "service_account"}),
    "az": frozenset({"account_name", "account_key"}),
}

#: Schemes of URLs that name a bucket.
SCHEMES = frozenset(_OPTIONS)

#: A request is retried for this long, then the slice fails and a later run tries again;
#: obstore's own default is three minutes.
_RETRY: RetryConfig = {"max_retries": 6, "retry_timeout": timedelta(seconds=45)}
#: A request without a byte for this long is retried: enough to send its 16 MiB at 140 kB/s.
#: A whole request may take as long as a large object needs.
_SILENCE, _WHOLE = "120s", "1h"


def open_folder(url: str) -> tuple[LocalStore, Path]:
    """Open a store in a local folder and return both; a new one is closed to other users."""
    root = Path(unquote(url.removeprefix("file:").removeprefix("//"))).expanduser().absolute()
    if not url.removeprefix("file:").removeprefix("//"):
        raise WrongSetting("LAKE_URL names no folder.", hint="Write file:data or file:///srv/data.")
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(root), root


def open_bucket(url: str, options: Mapping[str, str]) -> tuple[ObjectStore, str]:
    """Open the store of a bucket; return it and its URL without secrets (`s3://bucket/data`).

    Options: `endpoint` (any store that speaks the protocol), `region`, `access_key_id`,
    `secret_access_key`, `session_token` (S3); `service_account_key` (JSON) or `service_account`
    (its path) (GCS); `account_name`, `account_key` (Azure). Missing ones are taken from
    the environment, as the cloud's own tools do.

    Raises:
        WrongSetting: the URL names no bucket, or an option cannot work.
    """
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password or parts.query:
        raise WrongSetting(
            f"{parts.scheme}: a lake URL is {parts.scheme}://bucket or {parts.scheme}://bucket/"
            "prefix, with nothing else in it.",
            hint="Correct LAKE_URL; keys and secrets belong in OBJECT_STORAGE_*.",
        )
    prefix = unquote(parts.path).strip("/") or DEFAULT_PREFIX
    place = f"{parts.scheme}://{parts.netloc}/{prefix}"
    try:
        return _store(parts.scheme, parts.netloc, prefix, options), place
    except (BaseError, ValueError, OSError) as error:
        # The store's message may repeat the settings; only the error's class is safe to show.
        raise WrongSetting(
            f"{place} cannot be opened with these settings ({type(error).__name__}).",
            hint="Check LAKE_URL and the settings OBJECT_STORAGE_*, GCP_* or AZURE_STORAGE_*.",
        ) from None


def _store(scheme: str, bucket: str, prefix: str, options: Mapping[str, str]) -> ObjectStore:
    config: dict[str, Any] = {name: options[name] for name in _OPTIONS[scheme] if name in options}
    endpoint = options.get("endpoint", "")
    client: ClientConfig = {
        "read_timeout": _SILENCE,
        "timeout": _WHOLE,
        "allow_http": endpoint.startswith("http://"),
    }
    if scheme == "s3":
        if endpoint:
            config["endpoint"] = _checked_endpoint(endpoint, open_ok="allow_http" in options)
            config.setdefault("region", "us-east-1")  # signed, but ignored, by most other stores
        # S3 copies create-only by a multipart upload that is completed on a condition.
        config["copy_if_not_exists"] = "multipart"
        return S3Store(bucket, prefix=prefix, client_options=client, retry_config=_RETRY, **config)
    if endpoint:
        raise WrongSetting(
            f"OBJECT_STORAGE_ENDPOINT is for s3:, not for {scheme}:.",
            hint="Take it out of the settings, or set LAKE_URL=s3://…",
        )
    kind = GCSStore if scheme == "gs" else AzureStore
    return kind(bucket, prefix=prefix, client_options=client, retry_config=_RETRY, **config)


def _checked_endpoint(endpoint: str, *, open_ok: bool) -> str:
    """Return the endpoint if it is an address: the store library aborts at anything else.

    Raises:
        WrongSetting: it is none, or leads over the Internet without TLS and not `open_ok`.
    """
    parts = urlsplit(endpoint)
    plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSetting(
            "OBJECT_STORAGE_ENDPOINT is not an address.",
            hint="Write https://host or https://host:port.",
        )
    if parts.scheme == "http" and not (open_ok or is_private(parts.hostname)):
        raise WrongSetting(
            "OBJECT_STORAGE_ENDPOINT begins with http://, so everybody on the way could read keys"
            " and learners' data.",
            hint="Write https://. In a network of your own set OBJECT_STORAGE_ALLOW_HTTP=true.",
        )
    return endpoint

"""Settings are read here, once: from an option, else the environment, else `.env`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError

from gradeline.base.errors import WrongSetting
from gradeline.base.masking import SECRETS
from gradeline.settings.addresses import (
    CLOUDS,
    backup_address,
    database_url,
    lake_address,
    lake_options,
    options_of,
)
from gradeline.settings.declared import Declarations
from gradeline.settings.values import has_login, refuse_foreign_file

#: The file with settings, in the folder where the command is run.
ENV_FILE = Path(".env")
#: Also what follows an unescaped `/` or `@` in a password, and a password among the parameters.
_URL_PASSWORDS = (
    re.compile(r"://[^:@/\s]*:([^@/\s]+)@"),
    re.compile(r"://[^:@/\s]*:([^\s;]+)@"),
    re.compile(r"[?&](?:ssl)?password=([^&#\s;]+)"),
)
#: The fields of a service account's JSON that are secret; the others are named in messages.
_JSON_SECRETS = re.compile(r'"private_key(?:_id)?"\s*:\s*"([^"]+)"')
ENCODING = "utf-8-sig"  # Windows editors put a byte order mark at the start
_HINT = "Correct it in .env or in the environment; docs/reference/settings.md lists the values."


class Settings(Declarations):
    """All settings of one process, checked; made by `read_settings`."""

    def warehouse_url(self) -> str | None:
        """Return the server's libpq URL with its password; None means the embedded server."""
        url = database_url(self)
        return None if url is None else url.get_secret_value()

    def database_in_bucket(self) -> bool:
        """Return whether the bucket keeps the database: it is asked for, and there is a bucket."""
        is_bucket = lake_address(self).cloud is not None and self.copy_place() is None
        return self.gradeline_db_in_bucket and is_bucket and self.warehouse_url() is None

    def lake_place(self) -> str:
        """Return the lake's URL."""
        return lake_address(self).url

    def copy_place(self) -> str | None:
        """Return the URL of the cloud that has a copy of a lake on this machine; None = none."""
        return lake_address(self).copy_url

    def backup_place(self) -> str:
        """Return the URL of the place where backups are."""
        return backup_address(self)

    def backup_options_for(self, url: str) -> Mapping[str, str]:
        """Return the options that open a place for backups; with secrets."""
        return options_of(self, CLOUDS.get(url.partition(":")[0]))

    def lake_options(self) -> Mapping[str, str]:
        """Return the options that open the cloud, named as obstore names them; with secrets."""
        return lake_options(self)

    def secret_texts(self) -> Iterator[str]:
        """Yield what no message may show: values of secret settings, and passwords inside them."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                text = value.get_secret_value()
                yield text
                for pattern in (*_URL_PASSWORDS, _JSON_SECRETS):
                    for found in pattern.findall(text):
                        yield from (found, unquote(found))


def read_settings(
    *,
    home: Path | None = None,
    overrides: Mapping[str, str | None] | None = None,
    env_file: Path = ENV_FILE,
) -> Settings:
    """Read and check all settings.

    Args:
        home: wins over GRADELINE_HOME.
        overrides: name → value, winning over everything else; None means unset.
        env_file: read if it exists.

    Raises:
        WrongSetting: a setting cannot work; the message names every such one.
    """
    chosen: dict[str, Any] = {name.lower(): value for name, value in (overrides or {}).items()}
    if home is not None:
        chosen["gradeline_home"] = home
    _refuse_bytes(os.environ)
    values = {**chosen, "_env_file": env_file if names_in(env_file) else None}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise WrongSetting(_describe(error), hint=_HINT) from None
    in_environment = {name.lower() for name, value in os.environ.items() if value}
    for name in sorted(settings.model_fields_set):
        settings._origins[name] = "environment" if name in in_environment else str(env_file)
    settings._origins.update(dict.fromkeys(chosen, "command"))
    _refuse_bytes({"GRADELINE_HOME": str(settings.gradeline_home.absolute())})
    SECRETS.add(settings.secret_texts())
    lake_address(settings)  # refuses storage settings that disagree before anything is opened
    return settings


def names_in(env_file: Path) -> Iterable[str]:
    """Return the names that have a value in an env file; none if there is no such file.

    Raises:
        WrongSetting: the file cannot be read as text, or belongs to another user.
    """
    if not env_file.is_file():
        return ()
    refuse_foreign_file(env_file)
    try:
        written = dotenv_values(env_file, encoding=ENCODING)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(
            f"{env_file} cannot be read: {error}.", hint="Save it as plain text in UTF-8."
        ) from None
    if any("\0" in (value or "") for value in written.values()):
        raise WrongSetting(
            f"{env_file} has NUL characters, as UTF-16 does.",
            hint="Save it as plain text in UTF-8.",
        )
    return tuple(name for name, value in written.items() if value)


def _refuse_bytes(texts: Mapping[str, str]) -> None:
    """Refuse values of settings that are not text: the database and the lake need UTF-8.

    Raises:
        WrongSetting: one has bytes that are not UTF-8, which Python reads as surrogates.
    """
    for name, value in texts.items():
        if name.lower() not in Settings.model_fields:
            continue
        try:
            value.encode()
        except UnicodeEncodeError:
            shown = "" if is_secret(name.lower()) else f": {os.fsencode(value)!r}"
            raise WrongSetting(
                f"{name.upper()} has bytes that are not UTF-8{shown}.",
                hint="Write it in UTF-8; rename a folder that has such a name.",
            ) from None


def _describe(error: ValidationError) -> str:
    """Return one sentence for each wrong setting, without the values of secret ones."""
    sentences = []
    for problem in error.errors(include_url=False):
        field = str(problem["loc"][0])
        problem_text = (
            problem["msg"].removeprefix("Value error, ").replace("Input should", "it should")
        )
        hidden = is_secret(field) or has_login(str(problem["input"]))
        shown = "" if hidden else f" is {problem['input']!r}"
        sentences.append(f"{field.upper()}{shown}: {problem_text}.")
    return " ".join(sentences)


def is_secret(field: str) -> bool:
    """Return whether the value of that field must never be shown."""
    return SecretStr.__name__ in str(Settings.model_fields[field].annotation)

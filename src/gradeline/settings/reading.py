"""Settings are read here, once: flag, then environment, then `.env`, then the default."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError

from gradeline.base.errors import WrongSetting
from gradeline.settings.addresses import database_url, lake_address, lake_options
from gradeline.settings.declared import Declarations

#: The file people write settings in, looked for where the command is typed.
ENV_FILE = Path(".env")
ENCODING = "utf-8-sig"  # Windows editors put a mark at the start
_MEND = "Mend it in .env or in the environment; docs/reference/settings.md says what each takes."


class Settings(Declarations):
    """All settings of one run, checked; `read_settings` makes it."""

    def warehouse_url(self) -> str | None:
        """The server's libpq URL, password included; null = the embedded server."""
        url = database_url(self)
        return None if url is None else url.get_secret_value()

    def lake_place(self) -> str:
        """The lake's URL."""
        return lake_address(self).url

    def lake_options(self) -> Mapping[str, str]:
        """What opens the lake, under obstore's names; secrets included."""
        return lake_options(self)

    def ignored_user_list(self) -> tuple[str, ...]:
        """Ids and e-mails of those who are left out of every number."""
        return self.ignored_users


def read_settings(
    *,
    home: Path | None = None,
    given: Mapping[str, str | None] | None = None,
    env_file: Path = ENV_FILE,
) -> Settings:
    """All settings, checked; `home` and those `given` (by name; null = unset) win over the rest.

    Raises:
        WrongSetting: a setting cannot work; the message names every such one.
    """
    typed: dict[str, Any] = {name.lower(): value for name, value in (given or {}).items()}
    if home is not None:
        typed["gradeline_home"] = home
    values = {**typed, "_env_file": env_file if names_in(env_file) else None}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise WrongSetting(_in_words(error), hint=_MEND) from None
    in_force = {name.lower() for name, value in os.environ.items() if value}
    for name in sorted(settings.model_fields_set):
        settings._origins[name] = "environment" if name in in_force else str(env_file)
    settings._origins.update(dict.fromkeys(typed, "command"))
    lake_address(settings)  # refuses storage settings that disagree before anything is opened
    return settings


def names_in(env_file: Path) -> Iterable[str]:
    """Names given a value in an env file; none where there is no such file.

    Raises:
        WrongSetting: the file is there and cannot be read as text.
    """
    if not env_file.is_file():
        return ()
    try:
        return tuple(
            name for name, value in dotenv_values(env_file, encoding=ENCODING).items() if value
        )
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(
            f"{env_file} cannot be read: {error}.", hint="Save it as plain text in UTF-8."
        ) from None


def _in_words(error: ValidationError) -> str:
    """One sentence for each wrong setting, without the value of a secret one."""
    sentences = []
    for problem in error.errors(include_url=False):
        field = str(problem["loc"][0])
        said = problem["msg"].removeprefix("Value error, ").replace("Input should", "it should")
        shown = "" if is_secret(field) else f" is {problem['input']!r}"
        sentences.append(f"{field.upper()}{shown}: {said}.")
    return " ".join(sentences)


def is_secret(field: str) -> bool:
    """Whether the value of that field is never shown."""
    return SecretStr.__name__ in str(Settings.model_fields[field].annotation)

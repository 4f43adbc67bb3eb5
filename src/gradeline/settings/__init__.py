"""Every setting: declared once, read once by the wiring, passed on as plain arguments."""

from __future__ import annotations

from gradeline.settings.addresses import StoreAddress, database_url, google_key, lake_address
from gradeline.settings.listing import SettingRow, env_example, find_misspelled, settings_rows
from gradeline.settings.reading import Settings, read_settings

__all__ = [
    "SettingRow",
    "Settings",
    "StoreAddress",
    "database_url",
    "env_example",
    "find_misspelled",
    "google_key",
    "lake_address",
    "read_settings",
    "settings_rows",
]

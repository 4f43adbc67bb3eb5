"""Every setting, declared once; read once, by the wiring. Stations never see this package."""

from __future__ import annotations

from gradeline.settings.addresses import StoreAddress, database_url, google_key, lake_address
from gradeline.settings.listing import SettingRow, env_example, misspelt, settings_rows
from gradeline.settings.reading import Settings, read_settings

__all__ = [
    "SettingRow",
    "Settings",
    "StoreAddress",
    "database_url",
    "env_example",
    "google_key",
    "lake_address",
    "misspelt",
    "read_settings",
    "settings_rows",
]

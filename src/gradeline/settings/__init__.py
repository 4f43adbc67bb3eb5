"""Every setting: declared once, read once by the wiring, passed on as plain arguments."""

from __future__ import annotations

from gradeline.settings.listing import env_example, find_misspelled, settings_rows
from gradeline.settings.reading import Settings, read_settings

__all__ = ["Settings", "env_example", "find_misspelled", "read_settings", "settings_rows"]

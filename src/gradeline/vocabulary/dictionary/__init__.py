"""The dictionary that ships: common Spanish words with Russian translations, A1 to B1."""

from __future__ import annotations

from pathlib import Path

#: CSV: word, translation, level, category.
SHIPPED = Path(__file__).with_name("words.csv")

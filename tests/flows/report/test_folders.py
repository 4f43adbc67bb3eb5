"""Each course has a folder of its own, which stays when others come."""

from __future__ import annotations

import unicodedata

import pytest

from gradeline.flows.report.folders import folders_of
from gradeline.warehouse import Database

#: Pairs of ids whose folders would be one, on every system or on some.
TWINS = {
    "case": ("Maths/2024", "maths/2024"),
    "accents": ("Álgebra/1", unicodedata.normalize("NFD", "Álgebra/1")),
    "empty category": ("m7a", "/m7a"),
    "both": ("ÉTÉ/x", unicodedata.normalize("NFD", "été/x")),
}


@pytest.mark.parametrize("ids", TWINS.values(), ids=TWINS)
def test_no_two_courses_share_a_folder(warehouse: Database, ids: tuple[str, str]) -> None:
    """Names that a system may take for one have folders that differ on every system."""
    folders = folders_of(warehouse, ids)
    plain = {unicodedata.normalize("NFC", folders[each]).casefold() for each in ids}
    assert len(plain) == 2


@pytest.mark.parametrize("ids", TWINS.values(), ids=TWINS)
def test_a_course_that_comes_later_moves_no_other(
    warehouse: Database, ids: tuple[str, str]
) -> None:
    """Whichever course came first keeps its folder."""
    for first in ids:
        before = folders_of(warehouse, [first])[first]
        assert folders_of(warehouse, ids)[first] == before

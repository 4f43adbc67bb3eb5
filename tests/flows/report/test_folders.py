"""Each course has a folder of its own, which stays when others come."""

from __future__ import annotations

import unicodedata

import pytest

from gradeline.flows.report.folders import folders_of
from gradeline.flows.report.group_reports import group_folders
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


@pytest.mark.parametrize(
    ("group_ids", "folders"),
    [
        (["groups:Evening A", "lw:Evening A"], ["Evening A", "lw!3AEvening A"]),
        (["groups:../b", "groups:a/b"], ["..!2Fb", "a!2Fb"]),
        (["groups:CON"], ["!43ON"]),
    ],
)
def test_each_group_has_its_own_folder(group_ids, folders):
    """A group's folder is its id, escaped as those of courses are."""
    assert list(group_folders(group_ids).values()) == folders


@pytest.mark.parametrize("pair", [("groups:A", "groups:a"), ("groups:é", "groups:e\u0301")])
def test_groups_that_some_system_takes_for_one_lie_apart(pair):
    """Where folders differ only in case or in how accents are composed, hashes tell them apart."""
    folders = [folder.casefold() for folder in group_folders(pair).values()]
    assert len(set(folders)) == 2
    assert all("!!" in folder for folder in folders)

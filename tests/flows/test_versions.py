"""Which releases of PostgreSQL lack fixes."""

import pytest

from gradeline.flows.upkeep.diagnose import judge_postgres


@pytest.mark.parametrize(
    ("number", "judged"),
    [
        (150017, "PostgreSQL 15.17: update it to 15.18 or newer."),
        (150018, "PostgreSQL 15.18"),
        (160000, "PostgreSQL 16.0: update it to 16.14 or newer."),
        (170000, "PostgreSQL 17.0: update it to 17.10 or newer."),
        (180003, "PostgreSQL 18.3: update it to 18.4 or newer."),
        (190001, "PostgreSQL 19.1"),
    ],
)
def test_each_major_version_has_its_own_floor(number: int, judged: str) -> None:
    """16.0 is newer than 15.18 by its number and lacks years of fixes."""
    assert judge_postgres(number, embedded=False) == judged


def test_the_embedded_server_is_said_to_be_behind() -> None:
    """Nobody can update it alone, so it is told and is no warning."""
    assert "18.4 (18.7 has more fixes: upgrade" in judge_postgres(180004, embedded=True)

"""People who get alerts are told once when figures are out of date."""

from __future__ import annotations

from datetime import timedelta

from gradeline.base.clock import now
from gradeline.flows.deliver.stale import warn_of_stale_figures
from gradeline.records.recipients import What

from .conftest import School


def test_stale_figures_are_told_once_until_they_were_up_to_date_again(school: School) -> None:
    """Nothing within a day; then one message, not one every few minutes."""
    school.add(What.ALERT)
    parts = school.parts
    assert warn_of_stale_figures(parts, now()) == 0
    later = now() + timedelta(hours=25)
    assert [warn_of_stale_figures(parts, later) for _ in range(2)] == [1, 0]
    with parts.database.connect() as connection:
        connection.execute("update builds set confirmed_at = confirmed_at + interval '1 hour'")
    assert warn_of_stale_figures(parts, later + timedelta(hours=2)) == 1
    (first, _) = school.stored()
    assert "stale" in first.content["problems"][0]["what"]

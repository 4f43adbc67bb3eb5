"""Connections: who they act as and how they begin."""

from __future__ import annotations

import pytest

from gradeline.warehouse import Database, Role


@pytest.mark.parametrize("role", Role)
def test_a_connection_acts_as_the_role_that_was_asked_for(warehouse: Database, role: Role) -> None:
    """Whoever connects as a role is that role, in UTC."""
    with warehouse.connect(role) as connection:
        row = connection.execute("select current_user, current_setting('TimeZone')").fetchone()
    assert row == (role.value, "UTC")

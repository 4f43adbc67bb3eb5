"""Tokens for scripts: what they may not be made of, and how they are named to be revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.access.permissions import Role
from gradeline.base.errors import WrongUse
from gradeline.flows.api_tokens import WantedToken, add_token, revoke_token
from gradeline.records.api_tokens import WarehouseAccess
from gradeline.warehouse import api_tokens

AT = datetime(2030, 1, 1, tzinfo=UTC)


def wanted(**changed: object) -> WantedToken:
    """A token that may read the warehouse for a day."""
    values = {"name": "nightly", "warehouse": WarehouseAccess.READ, "made_by": "test"}
    return WantedToken(**{"life": timedelta(days=1), **values, **changed})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "a\nb"}, "needs a name"),
        ({"warehouse": WarehouseAccess.NONE}, "permitted nothing"),
        ({"person": "nobody"}, "Nobody of the staff is called nobody"),
        ({"person": "a", "role": Role.ADMIN}, "Give --as or --role"),
        ({"role": Role.ADMIN, "groups": ("A",)}, "Leave them out"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(module_warehouse, changed, said):
    """The sentence says what to do."""
    with module_warehouse.connect() as connection, pytest.raises(WrongUse) as wrong:
        add_token(connection, wanted(**changed), AT)
    assert said in str(wrong.value)


def test_a_token_is_revoked_by_its_beginning_or_its_name_once(warehouse):
    """Where two have the name, the beginning says which."""
    with warehouse.connect() as connection:
        first, second = (add_token(connection, wanted(), AT) for _ in "ab")
        with pytest.raises(WrongUse, match="Several"):
            revoke_token(connection, "nightly")
        revoke_token(connection, first)
        assert revoke_token(connection, "nightly").shown_as == second[:11]
        with pytest.raises(WrongUse, match="no such token"):
            revoke_token(connection, "nightly")
        assert all(one.revoked_at for one in api_tokens.ls(connection))

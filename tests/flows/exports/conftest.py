"""A school of groups whose results are published, and exports asked for in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from tests.flows.deliver.conftest import published_groups, school_with  # noqa: F401 - a fixture
from tests.flows.deliver.group_school import OWN

from gradeline.access.permissions import Role as PrincipalRole
from gradeline.access.principals import Principal
from gradeline.access.row_rights import row_rights
from gradeline.access.stored_principals import to_stored
from gradeline.base.errors import GradelineError
from gradeline.flows.exports.make import make_export
from gradeline.flows.parts import Parts
from gradeline.records.exports import Export, ExportFormat, NewExport
from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.showing import show_only
from gradeline.warehouse.exports import requests

ANA = Principal(role=PrincipalRole.CURATOR, login="ana", groups=frozenset({OWN}))


class Office:
    """The parts of a school, and short ways to ask for exports."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def ask(self, principal: Principal = ANA, **changes: Any) -> UUID:
        """Ask for an export."""
        wanted = NewExport(
            **{
                "principal": to_stored(principal),
                "group_id": OWN,
                "format": ExportFormat.CSV,
                "language": "en",
                **changes,
            }
        )
        with self.parts.database.connect(Role.APP) as connection:
            show_only(connection, **row_rights(principal, tuple))
            done = requests.request(connection, wanted, 1000)
        assert done.export_id is not None
        return done.export_id

    def make(self, export_id: UUID, *, last: bool = True) -> bool:
        """Let a worker make it."""
        return make_export(self.parts, export_id, lambda _error: last)

    def find(self, export_id: UUID) -> Export:
        """Read it as an administrator."""
        admin = Principal(role=PrincipalRole.ADMIN, login="ada")
        with self.parts.database.connect(Role.APP) as connection:
            show_only(connection, **row_rights(admin, tuple))
            found = requests.find(connection, export_id)
        assert found is not None
        return found

    def made(self, **changes: Any) -> tuple[Export, bytes]:
        """Ask for an export, make it, and read its file."""
        export_id = self.ask(**changes)
        assert self.make(export_id)
        found = self.find(export_id)
        assert found.storage_key is not None
        return found, self.parts.lake.get(found.storage_key)

    def files(self) -> list[str]:
        """The keys of all files of exports."""
        return sorted(one.key for one in self.parts.lake.list("export"))


def refusal(office: Office, export_id: UUID) -> str:
    """Why an export could not be made."""
    with pytest.raises(GradelineError):
        office.make(export_id)
    return office.find(export_id).error or ""


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory,
    published_groups: Database,  # noqa: F811
) -> Iterator[Office]:
    """A school whose files and exports the tests of one file share."""
    folder = tmp_path_factory.mktemp("office")
    with school_with(folder, published_groups, {}) as school:
        yield Office(school.parts)

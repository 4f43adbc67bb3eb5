"""What commit 82f692a computed and kept: the code of today gives the same, and goes on with it.

Facts bear other names, since files are read by newer rules (times that a clock skips, the spelling
of ids, encodings), which change nothing here. Only the digests of `course_figures` and
`progress_summary` of the sample are newer: since then learners may also be at risk by failing.
"""

import json
import subprocess
import tarfile
from importlib.resources import files as resources
from pathlib import Path

import pytest
from proofs.rig.command import School, school
from tests.acceptance.manifest import manifest

from gradeline.embedded.programs import clean_environment, program_path
from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse

GOLDEN = Path(__file__).parent / "golden"


def expected(name: str) -> dict[str, dict[str, str]]:
    """The manifest that the older version left."""
    return json.loads((GOLDEN / f"{name}_82f692a.json").read_text(encoding="utf-8"))


def manifest_of(place: School) -> dict[str, dict[str, str]]:
    """The manifest of a school's home now."""
    with (
        open_warehouse(EmbeddedServer(home=place.home), say=lambda _: None) as database,
        database.connect(Role.LOADER) as connection,
    ):
        return manifest(connection, place.home)


def restore(database: Database, dump: Path) -> None:
    """Fill an empty database from a dump in pg_dump's own format."""
    login = database.login.parameters
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    env = {variable: login[name] for name, variable in names.items() if name in login}
    command = [program_path("pg_restore"), "--exit-on-error", f"--dbname={database.name}", dump]
    subprocess.run(command, env={**clean_environment(), **env}, check=True)


pytestmark = pytest.mark.slow  # homes of an older version are restored and run


@pytest.fixture
def older(ground) -> School:
    """The tutorial's school as the older version left it, a broken row in quarantine."""
    folder = ground / "school"
    with tarfile.open(GOLDEN / "school_82f692a.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    home, env = folder / "data", {"SCHOOL_TIMEZONE": "Europe/Madrid"}
    with open_warehouse(EmbeddedServer(home=home), say=lambda _: None, migrate=False) as database:
        restore(database, folder / "database.dump")
    data, mapping = folder / "exports", str(folder / "mapping")
    return School(home=home, data=data, mapping=mapping, env=env, forks=True)


def test_a_run_gives_what_it_gave(ground, migrated_home):
    """Facts, results, tables and documents of the shipped sample equal those of the older version."""
    sample = Path(str(resources("gradeline.sources") / "shipped" / "aaa"))
    with school(ground / "school", sample, like=migrated_home, forks=True) as place:
        place = School(home=place.home, data=sample, source="files:aaa", forks=True)
        place.run("--as-of", "2015-12-31")
        assert manifest_of(place) == expected("aaa")


def test_an_older_home_is_brought_up_with_the_same_numbers(older):
    """After migrating, and after a full count by today's code, nothing of it has changed."""
    assert manifest_of(older) == expected("school")
    done = older.run("--as-of", "2024-01-27", "--full")
    assert "7 read. 17 records received = 16 stored + 0 already there + 1 in quarantine" in done
    assert manifest_of(older) == expected("school")


def test_an_older_home_is_read_once_by_newer_rules(older):
    """The second run reads nothing, counts nothing and writes no document."""
    older.run("--as-of", "2024-01-27")
    done = older.run("--as-of", "2024-01-27")
    assert "7 slices, 7 as before" in done
    assert "Nothing to recalculate" in done
    assert "Wrote 0 documents" in done
    assert manifest_of(older) == expected("school")

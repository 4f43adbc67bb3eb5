"""What PostgreSQL's user may put into its own folders leads root to nobody else's files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gradeline.embedded.data_folder import cluster_at
from gradeline.embedded.programs import find_server_user
from gradeline.warehouse import EmbeddedServer, open_warehouse

pytestmark = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root runs PostgreSQL as another user"
)


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder of root alone, with a folder named like one of our sockets in it."""
    folder = tmp_path / "root-only"
    folder.mkdir(mode=0o700)
    (folder / "gradeline-x").mkdir()
    (folder / "gradeline-x" / ".s.PGSQL.5432").touch()
    (folder / "shadow").write_text("of root\n")
    return folder


def owners(folder: Path) -> dict[str, tuple[int, int]]:
    """Everything in a folder: whose it is, and its mode."""
    return {
        str(path): (path.stat().st_uid, path.stat().st_mode) for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("target", ["shadow", "new"])
def test_links_and_a_forged_lock_file_lead_nowhere(
    used_home: Path, closed: Path, target: str
) -> None:
    """A start after a crash makes, gives away and removes nothing outside of its own folders."""
    cluster, before = cluster_at(used_home), owners(closed)
    cluster.log.unlink(missing_ok=True)
    cluster.log.symlink_to(closed / target)
    forged = ["999999", str(cluster.data), "0", "5432", str(closed / "gradeline-x"), "", "", ""]
    (cluster.data / "postmaster.pid").write_text("\n".join(forged))
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing, migrate=False) as opened:
        opened.connect_as_login().close()
    assert owners(closed) == before
    assert not cluster.log.is_symlink()


def test_a_link_is_given_to_nobody(closed: Path) -> None:
    """Between its making and its giving away a file may be replaced by a link."""
    link = closed / "link"
    link.symlink_to(closed / "shadow")
    with pytest.raises(OSError, match="symbolic"):
        find_server_user(say_nothing).own(link, 0o600)
    assert (closed / "shadow").stat().st_uid == 0

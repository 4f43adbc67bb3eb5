"""What house tests look at: every file of the project, and the code of each part parsed."""

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSED_BY = {".git", ".venv", "data", "dist", "node_modules"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """Every file that belongs to the project; what git ignores does not."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
        names = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = [ROOT / name for name in names.splitlines()]
    else:
        found = [path for path in ROOT.rglob("*") if not PASSED_BY & set(path.parts)]
    return sorted(path for path in found if path.is_file())


@cache
def _parse(files: tuple[Path, ...]) -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Let go of the trees after the last test of this folder.

    They are a million objects, which every later collection of garbage would search.
    """
    if nextitem is None or nextitem.path.parent != item.path.parent:
        _parse.cache_clear()


@pytest.fixture(scope="module")
def code(project_files) -> dict[Path, ast.Module]:
    """All Python of the project, parsed."""
    return _parse(tuple(path for path in project_files if path.suffix == ".py"))


@pytest.fixture(scope="module")
def product(code) -> dict[Path, ast.Module]:
    """The Python that is shipped."""
    return {path: tree for path, tree in code.items() if ROOT / "src" in path.parents}


@pytest.fixture(scope="module")
def tests(code) -> dict[str, ast.FunctionDef]:
    """Every test function by `file::name`."""
    return {
        f"{path.relative_to(ROOT)}::{node.name}": node
        for path, tree in code.items()
        if ROOT / "tests" in path.parents
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }

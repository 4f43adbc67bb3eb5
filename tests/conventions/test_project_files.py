"""What is in the repository works on any machine and is locked."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pip._internal.models.index import PyPI

ENTRY = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)", re.MULTILINE)
#: packages whose module has another name; tzdata is what zoneinfo reads where a system has none
MODULES = {
    "google-api-python-client": "googleapiclient",
    "google-auth": "google.auth",
    "pyyaml": "yaml",
    "ibis-framework": "ibis",
    "pyjwt": "jwt",
    "tzdata": "zoneinfo",
    "vl-convert-python": "vl_convert",
}
#: folders that many machines have: their names in a text say nothing about this one
ANYWHERE = {Path("/"), Path("/tmp"), Path("/home"), Path("/root"), Path("/srv"), Path("/opt")}


@pytest.fixture(scope="module")
def texts(project_files, root) -> dict[str, str]:
    """Every text file of the project by name."""
    found = {}
    for path in project_files:
        raw = path.read_bytes()
        if b"\0" not in raw[:8192]:
            found[path.relative_to(root).as_posix()] = raw.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def declared(root) -> dict:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(root) -> str:
    """The lock, as text."""
    return (root / "requirements.lock").read_text(encoding="utf-8")


def test_no_file_names_a_place_of_this_machine(texts, root):
    """Neither this checkout's path nor its parent's nor a home folder stands anywhere."""
    places = {root, root.parent, Path.home()} - ANYWHERE
    word = re.compile("|".join(re.escape(f"{place}/") for place in places | {root}))
    assert [name for name, text in texts.items() if word.search(text)] == []


def test_no_file_names_the_host_of_a_registry(texts):
    """Packages come from wherever the machine is told to take them."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    hosts = {PyPI.netloc, PyPI.file_storage_domain, *re.findall(r"://([^/'\s:]+)", listed)}
    word = re.compile("|".join(map(re.escape, sorted(hosts))))
    assert [name for name, text in texts.items() if word.search(text)] == []


def test_the_lock_has_every_dependency(declared, lock):
    """Each name of pyproject.toml is locked at a version that it allows."""
    pinned = {canonicalize_name(name): version for name, version in ENTRY.findall(lock)}
    wanted = [*declared["project"]["dependencies"], *declared["dependency-groups"]["dev"]]
    wrong = [
        each
        for each in map(Requirement, wanted)
        if not each.specifier.contains(
            pinned.get(canonicalize_name(each.name), "0"), prereleases=True
        )
    ]
    assert wrong == []


def test_every_package_in_the_lock_has_hashes(lock):
    """A package whose bytes are not those that were locked is refused."""
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_all_that_is_declared_is_used(declared, product):
    """A dependency that no shipped module mentions leaves pyproject.toml."""
    said = "".join(path.read_text(encoding="utf-8") for path in product)
    names = [Requirement(each).name for each in declared["project"]["dependencies"]]
    modules = {name: MODULES.get(name, name.replace("-", "_").lower()) for name in names}
    assert [name for name, module in modules.items() if module not in said] == []


def test_ci_does_what_people_type(root):
    """.ci/run is `make test` and nothing else."""
    lines = (root / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ['cd "$(dirname "$0")/.." && exec make test']


def test_scripts_can_be_run(root):
    """What the Makefile calls is executable."""
    scripts = [root / ".ci/run", *(root / "scripts").iterdir()]
    assert [path.name for path in scripts if not path.stat().st_mode & 0o100] == []

"""What people expect beside the code: issue forms, a workflow, hooks; and paths that exist."""

import re

import pytest
import yaml

#: Element types of an issue form, and the keys that each must have among its attributes.
FORM_PARTS = {"markdown": "value", "textarea": "label", "input": "label", "dropdown": "options"}

#: Names of other projects that our pages quote.
FOREIGN = {
    *("get_server", "common_subplan", "MALLOC_ARENA_MAX", "pg_restore"),
    *("LoggerAdapter", "ProcessorFormatter"),
    *("require_read", "require_write", "SAFETY_FACTOR"),  # of an earlier system
    "read_ndjson",  # of polars
    *("recent_activity", "course_notes"),  # examples of recipes
}
CODE = {".py", ".sql", ".toml", ".yaml", ".example"}


@pytest.fixture(scope="module")
def loaded(project_files, root) -> dict[str, object]:
    """Every YAML file at the top of the project and in `.github`, by name."""
    folders = {root, root / ".github", root / ".github/workflows", root / ".github/ISSUE_TEMPLATE"}
    return {
        path.relative_to(root).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in project_files
        if path.suffix in (".yml", ".yaml") and path.parent in folders
    }


def test_the_workflow_runs_what_people_type(loaded):
    """Linux runs `make test`; Windows and macOS install with pip and run the demo."""
    workflow = loaded[".github/workflows/test.yml"]
    assert {*workflow} == {"name", True, "permissions", "concurrency", "jobs"}  # `on` loads as True
    commands = {
        job: [step["run"] for step in content["steps"] if "run" in step]
        for job, content in workflow["jobs"].items()
    }
    assert commands == {"linux": ["make test"], "pip": ["pip install .", "gradeline demo --once"]}


def test_every_job_says_where_it_runs_and_for_how_long(loaded):
    """A job has a machine, a limit of minutes, and steps that either use or run something."""
    for job in loaded[".github/workflows/test.yml"]["jobs"].values():
        assert {"runs-on", "timeout-minutes", "steps"} <= {*job}
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])


@pytest.mark.parametrize("form", ["bug", "feature"])
def test_an_issue_form_has_what_the_form_needs(form, loaded):
    """Name, description and body; each field has a unique id and a label."""
    page = loaded[f".github/ISSUE_TEMPLATE/{form}.yml"]
    assert {"name", "description", "body"} <= {*page}
    fields = [part for part in page["body"] if part["type"] != "markdown"]
    assert len({part["id"] for part in fields}) == len(fields)
    assert all(FORM_PARTS[part["type"]] in part["attributes"] for part in page["body"])


def test_hooks_call_the_tools_of_this_checkout(loaded):
    """Every hook is local, has the keys that pre-commit asks for, and downloads nothing."""
    hooks = [
        (repo["repo"], h)
        for repo in loaded[".pre-commit-config.yaml"]["repos"]
        for h in repo["hooks"]
    ]
    assert {repo for repo, _ in hooks} == {"local"}
    assert all({"id", "name", "entry", "language"} <= {*hook} for _, hook in hooks)
    assert all(hook["entry"].startswith(".venv/bin/") for _, hook in hooks)


def test_every_path_that_contributors_are_sent_to_exists(root):
    """A path in the tables of CONTRIBUTING leads somewhere; those of recipes are examples."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    text = re.sub(r"^## Recipes$.*?(?=^## )", "", text, flags=re.MULTILINE | re.DOTALL)
    paths = set(re.findall(r"`((?:src|tests|proofs|bench|docs|\.github)/[\w./-]*)`", text))
    assert len(paths) > 40
    assert sorted(path for path in paths if not (root / path).exists()) == []


def test_decisions_are_numbered_without_holes(root):
    """File names and titles count from 0001, and the list of pages names them in that order."""
    folder = root / "docs/decisions"
    pages = sorted(folder.glob("[0-9]*.md"))
    numbers = [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert [path.name[:4] for path in pages] == numbers
    assert [path.read_text(encoding="utf-8")[2:6] for path in pages] == numbers
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^- \[(\d{4}) ", index, re.MULTILINE) == numbers


def test_names_that_pages_quote_exist(project_files, root):
    """A function, setting, table or column in backticks is in the code, or another project's."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in project_files
        if path.suffix in CODE or path.name == "Makefile"
    )
    quoted = {
        name.rpartition(".")[2]
        for path in project_files
        if path.suffix == ".md" and (root / "docs" in path.parents or path.stem == "CONTRIBUTING")
        for name in re.findall(
            r"`((?:\w+\.)*\w*[A-Za-z]\w*_\w+|_\w+)`", path.read_text(encoding="utf-8")
        )
    }
    assert len(quoted) > 200
    assert sorted(name for name in quoted - FOREIGN if name not in code) == []


def test_every_licence_in_the_package_is_listed(root):
    """Whoever brings in a font or data adds its licence to THIRD_PARTY.md, which the wheel has."""
    listed = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
    found = [path for path in (root / "src").rglob("*LICENSE*") if path.is_file()]
    missing = [
        path.name for path in found if path.relative_to(root / "src").as_posix() not in listed
    ]
    assert found
    assert missing == []
    assert '"THIRD_PARTY.md"' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_no_file_holds_both_sides_of_a_conflict(project_files):
    """A merge that was not finished leaves marks that no reader of text files minds."""
    marks = re.compile(rb"^(<{7}|>{7}) ", re.MULTILINE)
    assert [path.name for path in project_files if marks.search(path.read_bytes())] == []

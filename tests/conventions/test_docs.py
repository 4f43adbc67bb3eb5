"""Documentation cannot drift: pages follow the code, links lead somewhere, commands exist."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from docs.build_canonical_views import views_sql

from gradeline.warehouse.schema.views import CANONICAL_VIEWS

KINDS = {"tutorial": "Tutorial", "how-to": "How-to", "reference": "Reference", "why": "Why"}
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")
FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
HEADINGS = ["Status", "Context", "Decision", "Consequences", "Rejected"]


@pytest.fixture(scope="module")
def pages(project_files) -> dict[Path, str]:
    """Every Markdown page of the project."""
    return {p: p.read_text(encoding="utf-8") for p in project_files if p.suffix == ".md"}


@pytest.fixture(scope="module")
def generator(root):
    """The script that fills generated blocks."""
    spec = importlib.util.spec_from_file_location(
        "build_reference", root / "docs/build_reference.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def typed(pages) -> list[tuple[str, list[str]]]:
    """Every line of a code block that starts with `make` or `gradeline`, with its page."""
    return [
        (path.name, line.split("  ")[0].split())
        for path, text in pages.items()
        for block in FENCE.findall(text)
        for line in re.findall(
            r"^(?:\.venv/bin/)?((?:make|gradeline) [a-z].*)$", block, re.MULTILINE
        )
    ]


def test_generated_pages_are_up_to_date(generator):
    """`make docs` would change nothing, .env.example included."""
    assert generator.main(["--check"]) == 0


def test_every_generated_block_has_its_page(generator, pages):
    """Settings, commands, errors, tables, metrics and files are all in the reference."""
    placed = set(re.findall(r"<!-- generated: ([a-z_]+) -->", "".join(pages.values())))
    assert placed == set(generator.BLOCKS)


def test_every_page_is_of_one_kind_and_says_which(pages, root):
    """A page in one of the four folders names its kind under its title."""
    silent = [
        path.name
        for path, text in pages.items()
        if path.parent.parent == root / "docs"
        and path.parent.name in KINDS
        and not re.match(rf"# .+\n\n\*{KINDS[path.parent.name]}\.\*", text)
    ]
    assert silent == []


def test_every_folder_of_docs_is_a_kind(root):
    """docs/ holds the four kinds, the decisions and the pictures."""
    folders = {path.name for path in (root / "docs").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} == set(KINDS) | {"decisions", "images"}


def test_every_decision_has_its_five_parts(root):
    """Status, Context, Decision, Consequences, Rejected, in this order."""
    pages = sorted((root / "docs/decisions").glob("[0-9]*.md"))
    found = {path.name: re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE) for path in pages}
    assert found == dict.fromkeys(found, HEADINGS)


@pytest.mark.parametrize("folder", ["how-to", "reference", "decisions"])
def test_every_page_is_in_the_list_of_its_folder(folder, root):
    """Nobody has to guess that a page exists."""
    index = (root / "docs" / folder / "README.md").read_text(encoding="utf-8")
    listed = {target for target, _ in LINK.findall(index)}
    home = root / "docs" / folder
    pages = {path.relative_to(home).as_posix() for path in home.rglob("*.md")}
    assert pages - {"README.md"} == listed


def test_every_link_inside_the_project_leads_somewhere(pages):
    """A relative link, a picture included, names a file that is there."""
    broken = [
        f"{path.name}: {target}"
        for path, text in pages.items()
        for target, _ in LINK.findall(FENCE.sub("", text))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_make_target_that_a_page_names_exists(typed, root):
    """A line `make x` in a code block can be typed."""
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    wanted = [(page, words) for page, words in typed if words[0] == "make"]
    assert len(wanted) >= 4
    assert [(page, words) for page, words in wanted if words[1] not in targets] == []


def test_every_command_that_a_page_names_exists(typed, generator):
    """A line `gradeline x` in a code block can be typed, its options too."""
    root = generator.command_tree()
    wanted = [(page, words) for page, words in typed if words[0] == "gradeline"]
    assert len(wanted) >= 4
    assert [(page, words) for page, words in wanted if not understood(root, words[1:])] == []


def understood(command, words: list[str]) -> bool:
    """Whether a command knows the verb and each option of a line."""
    inner = getattr(command, "commands", {})
    if inner and words and words[0] != "[OPTIONS]":
        return words[0] in inner and understood(inner[words[0]], words[1:])
    known = {option for parameter in command.params for option in parameter.opts}
    if "--" in words:  # what stands behind is for another program
        words = words[: words.index("--")]
    return {word for word in words if word.startswith("--")} <= known


def test_the_changelog_tells_of_this_version(root):
    """The version of pyproject.toml has an entry."""
    version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    assert f"\n## [{version}]" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ru", "es"])
def test_the_readme_says_the_same_in_each_language(language, root):
    """A translation has the same headings, pictures and code as the original, as many of each."""
    shape = re.compile(r"^(##|!\[|```|- \*\*)", re.MULTILINE)
    original, other = ((root / name).read_text() for name in ("README.md", f"README.{language}.md"))
    assert shape.findall(other) == shape.findall(original)


def test_every_room_has_its_line_for_contributors(root):
    """CONTRIBUTING says for every room what is changed there."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = [p.name for p in (root / "src/gradeline").iterdir() if (p / "__init__.py").is_file()]
    assert [room for room in rooms if f"src/gradeline/{room}/" not in text] == []


def test_the_views_are_those_of_the_sources_mappings() -> None:
    """`canonical_views.sql` is what `make docs` writes from the sources' mappings."""
    assert CANONICAL_VIEWS.read_text(encoding="utf-8") == views_sql(), "run `make docs`"

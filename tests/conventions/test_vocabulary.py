"""One plain vocabulary: nouns for classes, no old words, no prefix that a folder could be."""

import ast
import re
from pathlib import Path

import pytest

#: Words that are participles; nouns that only look like one are in NOUNS.
PARTICIPLE = re.compile(
    r".*[a-z]{2}ed|.*ing|brought|told|kept|held|sent|given|taken|found|written|foreseen|swept"
    r"|known|seen|drawn|made|read|left|lost|gone|done|said|lent|built|bound|out|broken",
    re.IGNORECASE,
)
NOUNS = {"Encoding", "Ranking", "Standing", "Drawing", "Finding", "Mapping", "Setting", "String"}

OLD_WORDS = re.compile(
    r"\b(mend(s|ed|ing)?|befall(s|en)?|befell|anew|n[ao]ught|adorn(s|ed|ing)?|bur(y|ies|ied|ying)"
    r"|thereof|therein|whence|whither|hither|hence|lest|unto|upon|wherein|whereof|herein|hereby"
    r"|forthwith|whilst|shall)\b",
    re.IGNORECASE,
)
TEXTS = {".py", ".sql", ".md", ".yaml", ".yml", ".typ", ".toml"}
SYSTEMS = {"amplitude", "appmetrica", "grader", "learnworlds", "planification", "postgres", "oulad"}


@pytest.fixture(scope="module")
def glossary(root) -> str:
    """The dictionary of our own words."""
    return (root / "docs/reference/glossary.md").read_text(encoding="utf-8")


def error_names(classes: list[ast.ClassDef]) -> set[str]:
    """Classes that are exceptions; an error is named after what is wrong."""
    names = {"Exception", "BaseException"}
    while more := {c.name for c in classes if names & {ast.unparse(b) for b in c.bases}} - names:
        names |= more
    return names


def test_no_class_is_named_by_a_participle(product, glossary):
    """A class is a noun, unless the glossary lists its name or it is an error."""
    classes = [
        n for tree in product.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)
    ]
    allowed = error_names(classes) | set(re.findall(r"`([A-Z]\w+)`", glossary))
    last_words = {each.name: re.split(r"(?=[A-Z])", each.name)[-1] for each in classes}
    participles = {
        name
        for name, word in last_words.items()
        if word not in NOUNS and PARTICIPLE.fullmatch(word)
    }
    assert sorted(participles - allowed) == []


def lines_of(path: Path, tree: ast.Module | None) -> list[str]:
    """What people read of a file: all of it, or the docstrings where it is parsed."""
    if tree is None:
        return path.read_text(encoding="utf-8").splitlines()
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    documented = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [line for node in documented for line in (ast.get_docstring(node) or "").splitlines()]


def test_no_old_word_is_left(project_files, code, root):
    """Docs, product code and the docstrings of tests are in present-day English."""
    read_whole = [
        path
        for path in project_files
        if path.suffix in TEXTS
        and "migrations" not in path.parts  # applied ones are never edited
        and path.name not in ("schema.sql", "warehouse-tables.md")  # quote migrations
        and path.relative_to(root).parts[0] not in ("tests", "scripts")
    ]
    test_code = {path: tree for path, tree in code.items() if root / "tests" in path.parents}
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path, tree in [*((path, None) for path in read_whole), *test_code.items()]
        for line in lines_of(path, tree)
        if OLD_WORDS.search(line)
    ]
    assert found == []


def test_no_file_repeats_its_folder(project_files, root):
    """No file of the product begins with the name of its folder or of a system we read."""
    product = root / "src/gradeline"
    repeating = [
        path.relative_to(product).as_posix()
        for path in project_files
        if product in path.parents
        for name in {path.parent.name, path.parent.name.removesuffix("s")} | SYSTEMS
        if path.stem.startswith(f"{name}_")
    ]
    assert repeating == []

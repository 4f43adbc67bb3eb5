"""SQL is a document: named, described texts in `.sql` files; Python calls the name."""

import ast
import re

STATEMENT = re.compile(
    r"^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\("
    r"|(create|alter|drop)\s+(or\s+replace\s+)?(temp(orary)?\s+)?(table|view|role|policy|database|schema|index)\s"
    r"|grant\s+\w+|truncate\s|merge\s+into\s)",
    re.IGNORECASE | re.DOTALL,
)
#: how files under src/gradeline begin → why SQL is composed there
COMPOSED = {
    "warehouse/opening.py": "names of databases and roles cannot be parameters of a query",
    "warehouse/connect/database.py": "names of databases cannot be parameters of a query",
    "warehouse/install/statements.py": "patterns by which statements of the schema are told apart",
    "engine/duckdb": "statements around a relation that Ibis compiled, or a list of objects",
    "sources/files/erase.py": "statements around a file of any columns",
    "sources/tabular/": "statements around a person's mapping: columns, types, checks as declared",
}
NAME = re.compile(r"^-- ([a-z][a-z0-9_]*) --$", re.MULTILINE)
DESCRIBED = re.compile(r"^-- ([a-z][a-z0-9_]*) --\n-- \S", re.MULTILINE)


def texts(tree: ast.Module) -> list[tuple[int, str]]:
    """Every text of a module but its docstrings, with its line; gaps of f-strings as `x`."""
    formed = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    passed = {id(part) for node in formed for part in node.values}
    passed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    whole = [
        (node.lineno, "".join(v.value if isinstance(v, ast.Constant) else "x" for v in node.values))
        for node in formed
    ]
    plain = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed
    ]
    return whole + plain


def test_python_holds_no_sql(product, root):
    """A statement stands in a .sql file, but where its text depends on declarations."""
    home = root / "src" / "gradeline"
    found = [
        f"{path.relative_to(home).as_posix()}:{line}"
        for path, tree in product.items()
        if not path.relative_to(home).as_posix().startswith(tuple(COMPOSED))
        for line, text in texts(tree)
        if STATEMENT.match(text)
    ]
    assert found == []


def test_no_file_is_excused_for_nothing(product, root):
    """A file on the list of composers still composes SQL."""
    home = root / "src" / "gradeline"
    composing = [
        path.relative_to(home).as_posix()
        for path, tree in product.items()
        if any(STATEMENT.match(text) for _, text in texts(tree))
    ]
    assert [e for e in COMPOSED if not any(name.startswith(e) for name in composing)] == []


def test_every_query_is_described_and_named_once(root):
    """A query has a name of its own in its file, and a line that says what it gives."""
    files = sorted((root / "src" / "gradeline").rglob("queries/*.sql"))
    named = {path: NAME.findall(path.read_text(encoding="utf-8")) for path in files}
    described = {path: DESCRIBED.findall(path.read_text(encoding="utf-8")) for path in files}
    assert named == described
    assert [p for p, names in named.items() if not names or len(names) > len(set(names))] == []


def test_every_query_is_used(product, root):
    """A name that no Python text mentions has no reason to be there."""
    named = {
        name
        for path in (root / "src" / "gradeline").rglob("queries/*.sql")
        for name in NAME.findall(path.read_text(encoding="utf-8"))
    }
    said = {text for tree in product.values() for _, text in texts(tree)}
    assert sorted(named - said) == []

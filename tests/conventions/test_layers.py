"""Data goes one way: rooms import only what lies below, and modules make no knots."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp


def test_the_import_contract_is_kept(root):
    """A room imports only rooms below it, and every room is in the contract."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def ring(graph: grimp.ImportGraph) -> list[str]:
    """Modules that import each other in a ring; empty where there is none."""
    order = TopologicalSorter(
        {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    )
    try:
        order.prepare()
    except CycleError as knot:
        return list(knot.args[1])
    return []


def test_no_modules_import_each_other_in_a_ring():
    """Within a room too, imports have an order."""
    graph = grimp.build_graph("gradeline", exclude_type_checking_imports=True, cache_dir=None)
    assert ring(graph) == []


def test_an_import_inside_a_function_has_its_reason_beside_it(product):
    """An import that is not at the top carries a comment that says why."""
    inner = {
        (path, node.lineno)
        for path, tree in product.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path, _ in inner}
    assert [f"{p}:{n}" for p, n in inner if "#" not in "".join(lines[p][n - 2 : n])] == []


def bound(statement: ast.stmt) -> set[str]:
    """Names that a statement at the top of a module gives a meaning."""
    match statement:
        case ast.Import() | ast.ImportFrom():
            return {alias.asname or alias.name for alias in statement.names}
        case ast.Assign():
            return {ast.unparse(target) for target in statement.targets}
        case ast.AnnAssign():
            return {ast.unparse(statement.target)}
        case _:
            return {getattr(statement, "name", "")}


def listed(tree: ast.Module) -> set[str]:
    """Names in a module's `__all__`."""
    return {
        element.value
        for node in tree.body
        if "__all__" in bound(node)
        for element in node.value.elts
    }


def test_a_shop_window_shows_what_it_lists(product):
    """Every name in an `__all__` is there."""
    there = {path: set().union(*map(bound, tree.body)) for path, tree in product.items()}
    assert {
        path: listed(tree) - there[path]
        for path, tree in product.items()
        if listed(tree) - there[path]
    } == {}

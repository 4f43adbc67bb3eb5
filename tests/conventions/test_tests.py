"""Tests are sentences: one line that states a fact, then about ten lines, on the real thing."""

import ast
from statistics import median

BRANCHES = ast.If | ast.While | ast.Try | ast.Match
LOOPS = ast.For | ast.While


def length(test: ast.FunctionDef) -> int:
    """Lines of a test's body, its docstring left out."""
    return test.end_lineno - test.body[0].end_lineno


def test_every_test_states_one_fact_in_one_line(tests):
    """A test's docstring is one line that ends with a full stop."""
    said = {name: ast.get_docstring(test) or "" for name, test in tests.items()}
    assert [name for name, line in said.items() if "\n" in line or not line.endswith(".")] == []


def test_half_of_the_tests_are_ten_lines_or_less(tests):
    """The median test has at most ten lines."""
    assert median(map(length, tests.values())) <= 10


def test_few_tests_branch(tests):
    """At most one test in twenty decides anything, at most one in ten has a loop."""
    nodes = {name: list(ast.walk(test)) for name, test in tests.items()}
    branching = [
        name for name, inner in nodes.items() if any(isinstance(n, BRANCHES) for n in inner)
    ]
    looping = [name for name, inner in nodes.items() if any(isinstance(n, LOOPS) for n in inner)]
    assert len(branching) <= len(tests) / 20, branching
    assert len(looping) <= len(tests) / 10, looping


def test_nothing_is_mocked(code):
    """No mock anywhere: a twin or a real server stands in."""
    banned = {"unittest.mock", "mock", "pytest_mock"}
    found = [
        str(path)
        for path, tree in code.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and banned & {alias.name for alias in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in banned)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "unittest"
            and "mock" in {a.name for a in node.names}
        )
    ]
    assert found == []


def test_no_input_is_evaluated_as_python(product):
    """Neither eval nor exec nor literal_eval is called in what is shipped."""
    banned = {"eval", "exec", "literal_eval"}
    found = [
        f"{path}:{node.lineno}"
        for path, tree in product.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            getattr(node.func, "attr", "") in banned - {"eval", "exec"}
            or getattr(node.func, "id", "") in banned
        )
    ]
    assert found == []


def test_no_exception_is_swallowed(code):
    """No handler consists of `pass` alone."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in code.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and [type(each) for each in node.body] == [ast.Pass]
    ]
    assert found == []

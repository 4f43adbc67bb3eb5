"""Nothing grows past what a person can hold: files, functions, argument lists, names."""

import ast
from collections import Counter

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MOST_ARGUMENTS = 6
SAY_NOTHING = {"utils", "util", "common", "helpers", "helper", "manager", "misc", "core", "shared"}
#: the door of a command names one argument for each flag, as typer has it
DOORS = "entrypoints/cli"


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a module, methods included."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_too_long(code):
    """A Python file has at most 400 lines."""
    long = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in code}
    assert {str(path): lines for path, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long(code):
    """A function has at most 60 lines."""
    sizes = {
        f"{path}:{each.name}": each.end_lineno - each.lineno + 1
        for path, tree in code.items()
        for each in functions(tree)
    }
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FUNCTION} == {}


def test_most_functions_are_short(product):
    """Nine functions in ten stay under 30 lines."""
    sizes = sorted(
        f.end_lineno - f.lineno + 1 for tree in product.values() for f in functions(tree)
    )
    assert sizes[len(sizes) * 9 // 10] <= 30


def test_no_function_takes_too_many_arguments(product):
    """Six at most, `self` not counted; a seventh means a value or two functions."""
    counts = {
        f"{path}:{each.name}": len([*each.args.posonlyargs, *each.args.args, *each.args.kwonlyargs])
        - bool(each.args.args and each.args.args[0].arg in ("self", "cls"))
        for path, tree in product.items()
        if DOORS not in path.as_posix()
        for each in functions(tree)
    }
    assert {name: count for name, count in counts.items() if count > MOST_ARGUMENTS} == {}


def test_every_name_says_something(project_files, root):
    """No file or folder is called utils, common, core or base_something."""
    names = {
        part for path in project_files for part in path.relative_to(root).with_suffix("").parts
    }
    assert sorted(n for n in names if n in SAY_NOTHING or n.startswith("base_")) == []


def test_no_file_name_stands_twice_within_a_folder(product, root):
    """Within a folder a file's name says which file is meant."""
    home = root / "src" / "gradeline"
    named = Counter(
        (path.parent.relative_to(home).as_posix(), path.name)
        for path in product
        if path.name != "__init__.py"
    )
    assert [name for name, count in named.items() if count > 1] == []

"""Python that Gradeline starts imports nothing from the folder where a command is typed."""

import ast


def is_python(node: ast.expr) -> bool:
    """Whether an expression is `sys.executable`."""
    return isinstance(node, ast.Attribute) and node.attr == "executable"


def starts_python(node: ast.AST) -> bool:
    """Whether a node is a command line that begins with this Python."""
    return isinstance(node, ast.Tuple | ast.List) and any(map(is_python, node.elts))


def test_every_child_python_ignores_the_working_folder(product):
    """Each command with `sys.executable` says -P or -I next: `altair.py` of a user never runs."""
    open_ones = [
        f"{path.name}:{node.lineno}"
        for path, tree in product.items()
        for node in ast.walk(tree)
        if starts_python(node)
        and not any(
            is_python(first) and isinstance(flag, ast.Constant) and flag.value in ("-P", "-I")
            for first, flag in zip(node.elts, node.elts[1:], strict=False)
        )
    ]
    assert open_ones == []

"""JSON becomes a type of ours by a decoder that was made on import."""

import ast

#: Types that msgspec knows without reading a class's annotations.
PLAIN = {"str", "bytes", "int", "float", "list", "dict", "tuple", "set", "datetime", "msgspec.Raw"}


def names_in(type_: ast.expr) -> set[str]:
    """The names that a type is made of."""
    inner = [node for node in ast.walk(type_) if isinstance(node, ast.Attribute)]
    owners = {id(node.value) for node in inner}
    plain = [n for n in ast.walk(type_) if isinstance(n, ast.Name) and id(n) not in owners]
    return {ast.unparse(node) for node in [*inner, *plain]}


def test_a_type_of_ours_is_never_decoded_for_the_first_time_in_a_thread(product):
    """`msgspec.json.decode(type=T)` reads T's annotations on first use, and two threads crash there."""
    types = {
        f"{path}:{call.lineno}": names_in(keyword.value)
        for path, tree in product.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("msgspec.json.decode", "msgspec.msgpack.decode")
        for keyword in call.keywords
        if keyword.arg == "type"
    }
    assert {place: names for place, names in types.items() if not names <= PLAIN} == {}

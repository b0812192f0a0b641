"""An expression of a template as Python, as far as the shipped templates use them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from jinja2 import nodes

Names = dict[str, str]  # what a name of a template, or `loop.` with its field, is called in Python


class Made(NamedTuple):
    """Python code, and whether its value is markup already: what is not is escaped where it is printed."""

    code: str
    is_markup: bool = False


_MARKUP = {"linked": "linked", "mermaid": "filters.drawn_mermaid"} | {name: f"filters.{name}" for name in ("quoted_for_yaml", "code", "fenced", "inside", "target", "indent_list")}
_CALLED = {"spelled": "spelled", "sentence": "sentence", "upper_first": "upper_first", "rows": "tree_rows", "nested": "nested", "length": "len", "list": "list"}
_COMPARED = {"eq": "==", "ne": "!=", "gt": ">", "lt": "<", "gteq": ">=", "lteq": "<=", "in": "in", "notin": "not in"}


def expression(node: nodes.Node | None, names: Names) -> Made:
    """The Python of an expression. Raises SyntaxError for what is not understood."""
    kind = type(node).__name__
    if node is None or kind not in _KINDS:
        raise SyntaxError(f"line {getattr(node, 'lineno', 0)}: {kind} is not understood")
    return _KINDS[kind](node, names)


def arguments(given: Sequence[nodes.Node]) -> list[object]:
    """The values of constant arguments."""
    return [one.as_const() for one in given if isinstance(one, nodes.Expr)]


def _code(node: nodes.Node | None, names: Names) -> str:
    return expression(node, names).code


def _name(node: nodes.Name, names: Names) -> Made:
    return Made(names.get(node.name, node.name))


def _const(node: nodes.Const, _: Names) -> Made:
    return Made(repr(node.value))


def _getattr(node: nodes.Getattr, names: Names) -> Made:
    if isinstance(node.node, nodes.Name) and node.node.name == "loop":
        return Made(names[f"loop.{node.attr}"])
    return Made(f"{_code(node.node, names)}.{node.attr}", _is_picture(node))


def _getitem(node: nodes.Getitem, names: Names) -> Made:
    if isinstance(node.arg, nodes.Slice):
        ends = [_code(one, names) if one is not None else "" for one in (node.arg.start, node.arg.stop)]
        return Made(f"{_code(node.node, names)}[{':'.join(ends)}]")
    return Made(f"{_code(node.node, names)}[{_code(node.arg, names)}]", _is_picture(node))


def _is_picture(node: nodes.Node) -> bool:
    """Is this a drawing, from which nothing is escaped?"""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return isinstance(node, nodes.Name) and node.name == "pictures"


def _condition(node: nodes.CondExpr, names: Names) -> Made:
    return Made(f"({_code(node.expr1, names)} if {_code(node.test, names)} else {_code(node.expr2, names)})")


def _both(word: str) -> Callable[[nodes.BinExpr, Names], Made]:
    return lambda node, names: Made(f"({_code(node.left, names)} {word} {_code(node.right, names)})")


def _not(node: nodes.Not, names: Names) -> Made:
    return Made(f"(not {_code(node.node, names)})")


def _compare(node: nodes.Compare, names: Names) -> Made:
    parts = [f" {_COMPARED[one.op]} {_code(one.expr, names)}" for one in node.ops]
    return Made(f"({_code(node.expr, names)}{''.join(parts)})")


def _listed(opening: str, closing: str) -> Callable[[nodes.List | nodes.Tuple, Names], Made]:
    return lambda node, names: Made(f"{opening}{', '.join(_code(one, names) for one in node.items)}{closing}")


def _concat(node: nodes.Concat, names: Names) -> Made:
    return Made(f"({' + '.join(_code(one, names) for one in node.nodes)})")


def _call(node: nodes.Call, names: Names) -> Made:
    """A macro, which is handed the options too, or a method of a text."""
    given = ", ".join(_code(one, names) for one in node.args)
    if isinstance(node.node, nodes.Name) and node.node.name == "range":
        return Made(f"range({given})")
    if isinstance(node.node, nodes.Name):
        return Made(f"{node.node.name}({given}, options)", is_markup=True)
    if isinstance(node.node, nodes.Getattr) and isinstance(node.node.node, nodes.Name) and node.node.node.name == "parts":
        return Made(f"parts.{node.node.attr}({given}, options)", is_markup=True)
    return Made(f"{_code(node.node, names)}({given})")


def _filter(node: nodes.Filter, names: Names) -> Made:
    value, given = _code(node.node, names), [_code(one, names) for one in node.args]
    if node.name in _MARKUP:
        return Made(f"{_MARKUP[node.name]}({', '.join([value, *given])})", is_markup=True)
    if node.name in _CALLED:
        return Made(f"{_CALLED[node.name]}({value})")
    if node.name == "join":
        return Made(f"{given[0]}.join({value})")
    if node.name == "replace":
        return Made(f"{value}.replace({', '.join(given)})")
    if node.name == "map":
        return Made(f"[each.{node.kwargs[0].value.as_const()} for each in {value}]" if node.kwargs else f"[{_CALLED[str(arguments(node.args)[0])]}(each) for each in {value}]")
    if node.name == "select":
        test = f" {_COMPARED[str(arguments(node.args)[0])]} {given[1]}" if given else ""
        return Made(f"[each for each in {value} if each{test}]")
    raise SyntaxError(f"line {node.lineno}: the filter {node.name} is not understood")


_KINDS: dict[str, Callable[..., Made]] = {
    "Name": _name, "Const": _const, "Getattr": _getattr, "Getitem": _getitem, "CondExpr": _condition, "Or": _both("or"), "And": _both("and"), "Not": _not,
    "Compare": _compare, "List": _listed("[", "]"), "Tuple": _listed("(", ",)"), "Concat": _concat, "Add": _both("+"), "Sub": _both("-"), "Call": _call, "Filter": _filter,
}  # fmt: skip

"""The tree around a segment as text: rows of a nested list, and a Mermaid diagram for where that is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from microseg.briefs.escape import flat

if TYPE_CHECKING:
    from microseg.briefs.page import Node
    from microseg.briefs.whole import Row

# characters that end or open something in Mermaid, as the numbered entities it reads
_RISKY = frozenset('"#;<>&`|[]{}()\\%')


def tree_rows(root: Node) -> Iterator[tuple[int, Node, int]]:
    """Depth, segment and 0; or depth, parent and how many children more there are. From the top down."""
    waiting: list[tuple[int, Node, int]] = [(0, root, 0)]
    while waiting:
        depth, node, more = waiting.pop()
        yield depth, node, more
        if more:
            continue
        if node.more:
            waiting.append((depth + 1, node, node.more))
        waiting += [(depth + 1, child, 0) for child in reversed(node.children)]


def nested(rows: tuple[Row, ...]) -> Iterator[tuple[Row, bool, int]]:
    """Each row, whether rows inside it follow, and if not, how many levels end behind it: nested lists without recursion."""
    depths = [*(row.depth for row in rows[1:]), 0]
    for row, following in zip(rows, depths, strict=False):  # where there is no row, nothing follows
        yield row, following > row.depth, max(row.depth - following, 0)


def mermaid(root: Node) -> str:
    """A flow chart from left to right, the segment itself set off."""
    lines = ["flowchart LR"]
    numbers: dict[int, str] = {}
    parents = {id(child): node for _, node, more in tree_rows(root) if not more for child in node.children}
    for _, node, more in tree_rows(root):
        name = numbers.setdefault(id(node), f"n{len(numbers)}") if not more else f"{numbers[id(node)]}more"
        label = f"and {more} more" if more else _label(node)
        above = node if more else parents.get(id(node))
        shape = f'(["{label}"])' if node.is_here and not more else f'["{label}"]'
        lines.append(f"    {numbers[id(above)]} --> {name}{shape}" if above is not None else f"    {name}{shape}")
    return "\n".join(lines)


def _label(node: Node) -> str:
    text = flat(node.link.name) + (f", {node.share}" if node.share else "")
    return "".join(f"#{ord(char)};" if char in _RISKY else char for char in text)

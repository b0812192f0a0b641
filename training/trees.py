"""What the workspace adds to the words, measured on whole trees: `python -m training.trees` prints a table.

The trees are the sample workspace, the starters, and the small ones in `training/trees`, written for this measurement
and never learnt from. A pain or a solution counts as a need of its segment, an item under `minimum_expected` as what
every product owes; it is judged as if it stood among the solutions, which is where teams first write it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from microseg.lint.likeness import groups
from microseg.lint.rule import Family
from microseg.lint.statements import surroundings
from microseg.model.segment import Segment
from microseg.project import Project
from microseg.record import replace
from microseg.words.analyse import analyse
from microseg.words.context import NO_CONTEXT, Context
from microseg.words.verdict import Kind, verdict

HOUSE = Path(__file__).parents[1]
SMALL = Path(__file__).with_name("trees")


class Item(NamedTuple):
    """One item of a tree: its text and kind, whether every product owes it, and all that the workspace knows of it."""

    text: str
    kind: Kind
    owed: bool
    context: Context


class Held(NamedTuple):
    """Items with the name of where they come from."""

    name: str
    items: tuple[Item, ...]


def main() -> None:
    """Print the table."""
    sys.stdout.write("\n".join(table()) + "\n")


def table() -> list[str]:
    """Return how sure and sure + maybe do on the items of the trees, by what is known beside the words."""
    theirs, ours = Held("sample and starters", tuple(_shipped())), Held("small trees", tuple(_small()))
    lines = ["| trees | known beside the words | needs | owed | sure: false, found | sure + maybe: false, found | P | R |", "|---|---|---|---|---|---|---|---|"]
    for held in (theirs, ours, Held("all", theirs.items + ours.items)):
        lines += [_row(held, name, fields) for name, fields in _KNOWN.items()]
    return lines


_KNOWN = {
    "nothing": (),
    "the group's own words": ("group",),
    "these, and the head": ("group", "at_head"),
    "these, and the siblings": ("group", "shared"),
    "these, and the traits": ("group", "traits"),
    "everything": ("group", "at_head", "shared", "traits"),
}


def _row(held: Held, name: str, fields: tuple[str, ...]) -> str:
    tiers = [(item.owed, _tier(item, fields)) for item in held.items]
    owed = sum(item.owed for item in held.items)
    false, found = ([_count(tiers, owed=side, least=least) for least in (2, 1)] for side in (False, True))
    precision = found[1] / max(found[1] + false[1], 1)
    counts = f"{false[0]}, {found[0]} | {false[1]}, {found[1]}"
    return f"| {held.name} | {name} | {len(held.items) - owed} | {owed} | {counts} | {precision:.3f} | {found[1] / max(owed, 1):.3f} |"


def _count(tiers: list[tuple[bool, int]], *, owed: bool, least: int) -> int:
    return sum(is_owed == owed and tier >= least for is_owed, tier in tiers)


def _tier(item: Item, fields: tuple[str, ...]) -> int:
    """Return 2 for sure, 1 for maybe, 0 for a need, by the fields of the context that are known."""
    known = replace(NO_CONTEXT, **{field: getattr(item.context, field) for field in fields})
    return {"sure": 2, "maybe": 1, None: 0}[verdict(analyse(item.text), known, kind=item.kind).confidence]


def _shipped() -> Iterator[Item]:
    for root in (HOUSE / "sample_workspace", *sorted((HOUSE / "templates" / "starters").iterdir())):
        yield from _items(Project.open(root))


def _small() -> Iterator[Item]:
    for path in sorted(SMALL.glob("*.yaml")):
        yield from _items(Project.open(SMALL, {f"segments/{path.name}": path.read_bytes()}))


def _items(project: Project) -> Iterator[Item]:
    workspace = project.workspace
    for segment in workspace.segments:
        parent = workspace.parent(segment)
        above = workspace.ancestors(parent) if parent else ()
        family = Family(parent, above, workspace.children(parent) if parent else workspace.roots)
        context = surroundings(family, segment, workspace.config)
        for text, kind, owed in _written(segment):
            yield Item(text, kind, owed, replace(context, shared=_is_shared(text, family)))


def _written(segment: Segment) -> Iterator[tuple[str, Kind, bool]]:
    yield from ((one.statement, "pain", False) for one in segment.pain_points if one.statement)
    yield from ((one.statement, "solution", False) for one in segment.ideal_solutions if one.statement)
    yield from ((one.statement, "solution", True) for one in segment.minimum_expected if one.statement)


def _is_shared(text: str, family: Family) -> bool:
    """Say whether most siblings have an item that says the same."""
    having = sum(0 in groups([text, *(one for one, _, _ in _written(child))])[1:] for child in family.children)
    return len(family.children) > 1 and 2 * having > len(family.children)


if __name__ == "__main__":
    main()

"""What a ranking rests on: the workspace, the sizes that are known, and the items that are owed and not sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from microseg.lint.finding import Finding
    from microseg.model.evidence import Evidence
    from microseg.model.places import Place
    from microseg.model.ranking import Links
    from microseg.model.segment import IdealSolution, PainPoint
    from microseg.model.workspace import Workspace
    from microseg.rank.sizes import Sizes
    from microseg.source.text import SourceFile

# the rules that put an item among what every product owes, the weightiest first: a survey, scores, a list, the judge where it is sure
OWED = {
    "MS205": "answers to a Kano survey say must-be",
    "MS204": "its own scores say it is served already",
    "MS202": "it stands under minimum_expected too",
    "MS201": "every product owes this",
}
Spot = tuple[str, int, int]  # path, line and column of a statement


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a row is made from."""

    workspace: Workspace
    sizes: Sizes
    owed: Mapping[Spot, str]
    spot: Callable[[Place], Spot]
    evidence: Mapping[str, Evidence]
    links: Links

    def expected(self, item: PainPoint | IdealSolution) -> str:
        """Why an item is owed and no selling point; empty where it may be one."""
        place = item.at.value("statement")
        return self.owed.get(self.spot(place), "")


def owed_spots(findings: Iterable[Finding]) -> dict[Spot, str]:
    """Where lint saw something that every product owes, and in a few words why."""
    found: dict[Spot, str] = {}
    order = tuple(OWED)
    for one in sorted((one for one in findings if one.rule in OWED and one.confidence == "sure"), key=lambda one: order.index(one.rule)):
        found.setdefault((one.location.path, one.location.line, one.location.column), OWED[one.rule])
    return found


def spots(source: Callable[[str], SourceFile]) -> Callable[[Place], Spot]:
    """A function that says where a place is, as a person counts; `source(path)` is a file's text."""

    def spot(place: Place) -> Spot:
        position = source(place.path).position(place.start)
        return place.path, position.line, position.column

    return spot

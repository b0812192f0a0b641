"""What a ranking rests on: the workspace, the sizes that are known, and the items that are owed and not sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microseg.model.ranking import owed_spots
from microseg.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from microseg.lint.finding import Finding
    from microseg.model.evidence import Evidence
    from microseg.model.places import Place
    from microseg.model.ranking import Links, Spot
    from microseg.model.segment import IdealSolution, PainPoint
    from microseg.model.workspace import Workspace
    from microseg.rank.sizes import Sizes


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a row is made from."""

    workspace: Workspace
    sizes: Sizes
    owed: Mapping[Spot, str]
    spot: Callable[[Place], Spot]
    evidence: Mapping[str, Evidence]
    links: Links

    def expected(self, item: PainPoint | IdealSolution | Reference) -> str:
        """Why an item, or a text behind `solved_by`, is owed and no selling point; empty where it may be one."""
        place = item.place if isinstance(item, Reference) else item.at.value("statement")
        return self.owed.get(self.spot(place), "")


def owed_by(findings: Iterable[Finding]) -> dict[Spot, str]:
    """Where lint is sure of something that every product owes, and in a few words why."""
    return owed_spots((one.rule, (one.location.path, one.location.line, one.location.column)) for one in findings if one.confidence == "sure")

"""The opportunity map: how much a pain matters against how well it is served, with numbered marks and no words to collide."""

from __future__ import annotations

from functools import lru_cache
from math import cos, sin
from typing import TYPE_CHECKING, NamedTuple

from microseg.briefs.charts import esc, num
from microseg.briefs.phrases import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.briefs.page import Brief, Minimum, Pain, Spot

_LEFT, _RIGHT, _UPPER, _LOWER = 34.0, 408.0, 26.0, 372.0
_APART, _FURTHEST, _ROUNDS = 25.0, 30.0, 40
_MOST_MARKS = 12
_SPOKEN = 40
_GOLDEN = 2.39996


class Mark(NamedTuple):
    """One mark: its sign, the shape's class, its true place in the picture, where it leads and what it says aloud."""

    sign: str
    shape: str
    x: float
    y: float
    anchor: str
    spoken: str


def map_svg(brief: Brief) -> str:
    """The map of a brief's scored pains (circles) and minimum expected items (squares); hollow where nobody was asked."""
    marks = _marks(brief)
    places = dodge([(mark.x, mark.y) for mark in marks])
    drawn = [
        '<svg class="map" viewBox="0 0 420 414" role="group" aria-label="Opportunity map: importance against satisfaction">',
        _ground(),
        *(_mark(mark, place) for mark, place in zip(marks, places, strict=True)),
        "</svg>",
    ]
    return "".join(drawn)


def _across(importance: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * importance / 10


def _up(satisfaction: float) -> float:
    return _LOWER - (_LOWER - _UPPER) * satisfaction / 10


@lru_cache(maxsize=1)
def _ground() -> str:
    return "".join(_ground_parts())


def _ground_parts() -> Iterator[str]:
    """Plot, the two corners that matter, grid, axes and the names of the corners outside of the plot."""
    wide, high = num(_RIGHT - _LEFT), num(_LOWER - _UPPER)
    yield f'<rect class="plot" x="{num(_LEFT)}" y="{num(_UPPER)}" width="{wide}" height="{high}" rx="3"/>'
    # the line on which importance + (importance - satisfaction) is 10: right of it a pain is underserved
    corners = " ".join(f"{num(_across(x))},{num(_up(y))}" for x, y in ((5, 0), (10, 0), (10, 7), (8.5, 7)))
    yield f'<polygon class="build" points="{corners}"/>'
    yield f'<rect class="owed" x="{num(_across(7))}" y="{num(_UPPER)}" width="{num(_across(10) - _across(7))}" height="{num(_up(7) - _UPPER)}"/>'
    lines = "".join(f"M{num(_across(value))} {num(_UPPER)}V{num(_LOWER)}M{num(_LEFT)} {num(_up(value))}H{num(_RIGHT)}" for value in (2, 4, 6, 8))
    yield f'<path class="grid" d="{lines}"/>'
    for value in (0, 5, 10):
        yield f'<text class="ax mid" x="{num(_across(value))}" y="{num(_LOWER + 16)}">{value}</text>'
        yield f'<text class="ax end" x="{num(_LEFT - 7)}" y="{num(_up(value) + 4)}">{value}</text>'
    yield f'<text class="ax" x="{num(_LEFT)}" y="{num(_LOWER + 36)}">How much it matters to them →</text>'
    yield f'<text class="ax mid" transform="translate(11 {num(_up(5))}) rotate(-90)">How well it is served today →</text>'
    yield f'<text class="zone build-t end" x="{num(_across(10))}" y="{num(_LOWER + 36)}">Underserved: build here</text>'
    yield f'<text class="zone owed-t end" x="{num(_across(10))}" y="{num(_UPPER - 9)}">Minimum expected</text>'
    yield f'<text class="zone" x="{num(_LEFT)}" y="{num(_UPPER - 9)}">Overserved</text>'


def _marks(brief: Brief) -> list[Mark]:
    pains = [pain for pain in (*brief.pains, *brief.more_pains) if pain.spot is not None][:_MOST_MARKS]
    found = [_pain_mark(pain, pain.spot) for pain in pains if pain.spot is not None]
    return found + [_minimum_mark(item, item.spot) for item in brief.minimum if item.spot is not None]


def _minimum_mark(item: Minimum, spot: Spot) -> Mark:
    return Mark(item.letter, "square", _across(spot.importance), _up(spot.satisfaction), item.anchor, _spoken(item.letter, item.statement, "what every product owes"))


def _pain_mark(pain: Pain, spot: Spot) -> Mark:
    shape = "ring" if spot.is_guess else "dot above" if pain.origin is not None else "dot"
    return Mark(str(pain.number), shape, _across(spot.importance), _up(spot.satisfaction), pain.anchor, _spoken(str(pain.number), pain.statement, "a guess" if pain.is_guess else ""))


def _spoken(sign: str, statement: str, more: str) -> str:
    """What a mark says aloud; its scores stand in the table beside the map."""
    return f"{sign}: {clipped(statement, _SPOKEN)}" + (f", {more}" if more else "")


def _mark(mark: Mark, place: tuple[float, float]) -> str:
    x, y = place
    lead = f'<path class="lead" d="M{mark.x:.0f} {mark.y:.0f}L{x:.0f} {y:.0f}"/>' if abs(x - mark.x) + abs(y - mark.y) > 7 else ""  # noqa: PLR2004 - shorter would hide under the mark
    kind = mark.shape.partition(" ")[0]
    shape = '<rect class="square" x="-11" y="-11" width="22" height="22" rx="5"/>' if kind == "square" else f'<circle class="{mark.shape}" r="11.5"/>'
    inside = f'<circle class="hit" r="15"/>{shape}<text y="4.3">{esc(mark.sign)}</text>'
    return f'{lead}<a href="#{esc(mark.anchor)}" aria-label="{esc(mark.spoken)}" transform="translate({x:.0f} {y:.0f})">{inside}</a>'


def dodge(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pushes marks that overlap apart, each at most 30 units from its true place and none out of the plot."""
    # two at one place need a direction to part in: each gets another one, by the golden angle
    found = [[x + cos(_GOLDEN * index) / 2, y + sin(_GOLDEN * index) / 2] for index, (x, y) in enumerate(points)]
    for _ in range(_ROUNDS):
        if not _push(found):
            break
        for place, (x, y) in zip(found, points, strict=True):
            place[0] = _within(place[0], max(x - _FURTHEST, _LEFT), min(x + _FURTHEST, _RIGHT))
            place[1] = _within(place[1], max(y - _FURTHEST, _UPPER), min(y + _FURTHEST, _LOWER))
    return [(x, y) for x, y in found]


def _push(places: list[list[float]]) -> bool:
    """One round: every pair that is too close moves apart by half of what is missing each. Was there any?"""
    moved = False
    for index, first in enumerate(places):
        for second in places[index + 1 :]:
            across, down = second[0] - first[0], second[1] - first[1]
            far = (across * across + down * down) ** 0.5 or 0.01
            if far < _APART - 0.05:
                step = (_APART - far) / 2 / far
                first[0] -= across * step
                first[1] -= down * step
                second[0] += across * step
                second[1] += down * step
                moved = True
    return moved


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)

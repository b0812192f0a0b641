"""What the JSON exports of criteria share: one entry a segment, and what could not be said beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from microseg.exchange.export import CannotSayError, Exported, Refused
from microseg.exchange.formula import Formula, certain
from microseg.exchange.whole import whole_criteria
from microseg.measure.result_json import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from microseg.criteria.ast import Criterion
    from microseg.exchange.export import Request
    from microseg.model.segment import Segment

_SIGNS = re.compile(r"[.^$*+?()\[\]{}|\\/]")
# what Python's regular expressions know and those of the targets do not
_BEYOND = re.compile(r"\(\?(?!:)|\\[1-9AZ]")


def entries(request: Request, target: str, say: Callable[[Segment, Formula], dict[str, Any]], *, unit: str = "") -> tuple[list[dict[str, Any]], tuple[Refused, ...]]:
    """An entry for each segment that can be said; the others with the reason why not. `unit`: the only one a target holds."""
    told: list[dict[str, Any]] = []
    refused: list[Refused] = []
    whole = whole_criteria(request.workspace, request.segments)
    for segment in request.segments:
        try:
            if unit and request.workspace.unit(segment) != unit:
                raise CannotSayError(f"its members are {request.workspace.unit(segment)}s, and {target} holds {unit}s")  # noqa: TRY301 - one way out
            told.append(say(segment, _formula(segment, whole, target)))
        except CannotSayError as why:
            refused.append(Refused(segment.id or "", str(why)))
    return told, tuple(refused)


def _formula(segment: Segment, whole: Mapping[str, Criterion | str | None], target: str) -> Formula:
    criterion = whole[segment.id or ""]
    if criterion is None:
        raise CannotSayError("it has no criteria: everybody is in")
    if isinstance(criterion, str):
        raise CannotSayError(criterion)
    return certain(criterion, target=target)


def document(key: str, told: list[dict[str, Any]], refused: tuple[Refused, ...], request: Request, notes: tuple[str, ...]) -> Exported:
    """One object; what was refused stands in it too, so that nobody takes the file for the whole."""
    whole = {"version": 1, "tool": request.tool, key: told, "refused": [one._asdict() for one in refused], "notes": list(notes)}
    return Exported(as_text(whole), refused, notes)


def number(value: Fraction) -> int | float:
    """A number as JSON has it. Raises CannotSayError where a binary fraction would be another number."""
    if value.denominator == 1:
        return value.numerator
    from fractions import Fraction

    nearest = float(value)
    if Fraction(repr(nearest)) != value:
        raise CannotSayError("a number in it has more digits than JSON carries")
    return nearest


def plain(text: str) -> str:
    """A text as a pattern that matches only itself."""
    return _SIGNS.sub(r"\\\g<0>", text)


def pattern(text: str) -> str:
    """A regular expression that means the same there. Raises CannotSayError for what only Python knows."""
    if _BEYOND.search(text):
        raise CannotSayError(f"the pattern `{text}` uses what only some engines know (flags, look-around, back references)")
    return text

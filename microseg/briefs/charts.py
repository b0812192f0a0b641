"""What all pictures share: short stable numbers, escaped text, names folded to a width; and the bullet from baseline to target."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from microseg.briefs.escape import visible
from microseg.briefs.page import Link

if TYPE_CHECKING:
    from microseg.briefs.page import Target

Href = Callable[[Link], str]  # where a segment's name leads to; empty for nowhere

_WIDE, _CAPITAL, _NARROW, _USUAL = 1.0, 0.68, 0.3, 0.54  # of the font's size, on average
_THIN = frozenset("iljtfrI.,;:'|!()[] ")
_ELLIPSIS = "…"


def num(value: float) -> str:
    """A coordinate with at most one decimal, so that pictures stay short and the same everywhere."""
    text = f"{value:.1f}"
    return (text.removesuffix(".0")) if text != "-0.0" else "0"


@lru_cache(maxsize=4096)
def esc(text: str) -> str:
    """A typed text for use in SVG, in attributes too."""
    return escape(visible(text), quote=True)


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """About how wide a text is at a font size; no font is ever asked."""
    return size * sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> float:
    if char in _THIN:
        return _NARROW
    if char > "\u1100" and unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    return _CAPITAL if char.isupper() else 0.0 if unicodedata.combining(char) else _USUAL


@lru_cache(maxsize=4096)
def fold(text: str, size: float, most: float, *, lines: int = 2) -> tuple[str, ...]:
    """A name on at most so many lines of a width; what does not fit ends in an ellipsis, long words are cut."""
    found: list[str] = []
    line = ""
    for word in _pieces(" ".join(text.split()), size, most):
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= most:
            line = longer
            continue
        if len(found) == lines - 1:
            return (*found, _cut(longer, size, most))
        if line:
            found.append(line)
        line = word
    return (*found, line)


def _pieces(text: str, size: float, most: float) -> list[str]:
    """Words, those that are wider than the line (long compounds, scripts without blanks) broken where the line ends."""
    found: list[str] = []
    for word in text.split(" "):
        rest = word
        while width(rest, size) > most:
            keep = max(1, next((at for at in range(1, len(rest) + 1) if width(rest[:at], size) > most), len(rest)) - 1)
            found.append(rest[:keep])
            rest = rest[keep:]
        found.append(rest)
    return [one for one in found if one]


def _cut(text: str, size: float, most: float) -> str:
    while text and width(text + _ELLIPSIS, size) > most:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


_BULLET_LEFT, _BULLET_RIGHT = 6, 234
_LABEL_ROOM = 44


def bullet(target: Target) -> str:
    """A metric from its baseline (ring) to its target (bar) on a line; empty without two numbers to draw."""
    if target.start is None or target.end is None or target.start == target.end:
        return ""
    low, high = min(0.0, target.start, target.end), max(0.0, target.start, target.end)
    room = (high - low) * 0.25
    low, high = (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)

    def across(value: float) -> float:
        return _BULLET_LEFT + (_BULLET_RIGHT - _BULLET_LEFT) * (value - low) / (high - low)

    now, goal = across(target.start), across(target.end)
    near, far = _apart(now, goal)
    return (
        f'<svg class="bullet" viewBox="0 0 240 40">'
        f'<path class="track" d="M{_BULLET_LEFT} 12H{_BULLET_RIGHT}"/><path class="way" d="M{num(now)} 12H{num(goal)}"/>'
        f'<circle class="now" cx="{num(now)}" cy="12" r="5"/><path class="goal" d="M{num(goal)} 4V20"/>'
        f'<text class="ax mid" x="{num(near)}" y="36">{esc(target.baseline)} now</text>'
        f'<text class="ax mid b" x="{num(far)}" y="36">{esc(target.target)} goal</text></svg>'
    )


def _apart(now: float, goal: float) -> tuple[float, float]:
    """The places of the two labels, kept inside the picture and off each other."""
    first, second = sorted((now, goal))
    first = min(max(first, _LABEL_ROOM), 240 - 3 * _LABEL_ROOM)
    second = min(max(second, first + 2 * _LABEL_ROOM - 6), 240 - _LABEL_ROOM)
    return (first, second) if now <= goal else (second, first)

"""Saved results of `microseg measure`: what a run found for each segment, read from JSON that may hold anything."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

from microseg.criteria.values import date
from microseg.record import NamedTuple, record
from microseg.source.text import clean

VERSION = 1
MOST_SEGMENTS = 100_000
_LONGEST_NUMBER = 40
_HUGE = re.compile(r"[eE][+-]?[0-9]{3,}\Z")
_LONGEST = 2_000
_WHOLE = 10**18


class SavedPart(NamedTuple):
    """A figure behind a value: a step of a funnel, a kind of member."""

    name: str
    value: Fraction | None
    n: int | None
    unit: str


@record
class SavedMetric:
    """What one metric said of a segment. `value` is None where there was none, and `note` says why; low and high are a 95 % interval."""

    id: str
    value: Fraction | None = None
    n: int | None = None
    unknown: int | None = None
    unit: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    parent: Fraction | None = None
    previous: Fraction | None = None
    note: str = ""
    name: str = ""
    parts: tuple[SavedPart, ...] = ()


@record
class SavedSegment:
    """What a run found for one segment: its size counts who is certainly in, `unknown` who may be."""

    id: str
    unit: str
    size: int
    unknown: int = 0
    unknown_because: str = ""
    criteria_hash: str = ""
    share_of_parent: Fraction | None = None
    share_low: Fraction | None = None
    share_high: Fraction | None = None
    metrics: tuple[SavedMetric, ...] = ()


class SavedOverlap(NamedTuple):
    """How many were certainly in both of two segments."""

    a: str
    b: str
    both: int


class SavedCoverage(NamedTuple):
    """The members of a parent ("": of everybody) that were in no child, in one, in several, and those that could not be told."""

    parent: str
    none: int
    one: int
    several: int
    unknown: int


@record
class Run:
    """One saved run: the day its data stands for, and what it found. `path` is relative to the workspace."""

    path: str
    as_of: dt.date
    engine: str = ""
    tool: str = ""
    segments: tuple[SavedSegment, ...] = ()
    overlaps: tuple[SavedOverlap, ...] = ()
    coverage: tuple[SavedCoverage, ...] = ()

    def segment(self, name: str) -> SavedSegment | None:
        """What the run found for a segment, by its id."""
        return next((one for one in self.segments if one.id == name), None)


class Saved(NamedTuple):
    """A saved run of which nothing but the day has been looked at; `held` is its JSON, numbers as they were typed."""

    path: str
    as_of: dt.date
    held: dict[str, Any]

    def names(self) -> set[str]:
        """The ids of the segments that were measured."""
        return {known[0] for one in self._segments() if (known := _counted(one)) is not None}

    def run(self, only: Collection[str] | None = None) -> Run:
        """What was found for all segments, or `only` for those of these ids. What has the wrong shape inside is left out, nothing is guessed."""
        found = (_segment(one) for one in self._segments() if only is None or _text(one.get("id")) in only)
        pairs = map(_mapping, _list(self.held.get("overlaps")))
        overlaps = (_overlap(one) for one in pairs if only is None or _text(one.get("a")) in only or _text(one.get("b")) in only)
        coverage = (_coverage(one) for one in _list(self.held.get("coverage")))
        provenance = _mapping(self.held.get("provenance"))
        return Run(
            self.path,
            self.as_of,
            _text(self.held.get("engine")) or _text(provenance.get("engine")),
            _text(self.held.get("tool")) or _text(provenance.get("tool")),
            tuple({one.id: one for one in found if one is not None}.values()),
            tuple(one for one in overlaps if one is not None),
            tuple(one for one in coverage if one is not None and (only is None or one.parent in only)),
        )

    def _segments(self) -> Iterator[dict[str, Any]]:
        return map(_mapping, _list(self.held.get("segments"))[:MOST_SEGMENTS])


def read_run(path: str, data: bytes) -> Run | str:
    """A saved run, or in words why the file holds none."""
    saved = open_run(path, data)
    return saved if isinstance(saved, str) else saved.run()


def open_run(path: str, data: bytes) -> Saved | str:
    """The same, of which what is asked for is read when it is: numbers of many segments take their time."""
    try:
        held = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse, parse_int=_Typed, parse_float=_Typed)
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except (ValueError, RecursionError):
        return "it is not JSON"
    if not isinstance(held, dict):
        return "it holds no saved measure"
    version = _count(held.get("version"))
    if version != VERSION:
        return f"it has no `version: {VERSION}`" if version is None or version < VERSION else f"it was written by a newer microseg (version {version})"
    day = _day(held.get("as_of"))
    return "it does not say which day it stands for (`as_of`)" if day is None else Saved(path, day, held)


class _Typed(str):
    """A number as it was typed."""

    __slots__ = ()


def _counted(one: dict[str, Any]) -> tuple[str, int] | None:
    """Id and size of a segment that was measured."""
    name, size = _text(one.get("id")), _count(one.get("size"))
    return None if not name or size is None or one.get("unit") not in ("account", "user") else (name, size)


def _segment(one: dict[str, Any]) -> SavedSegment | None:
    known = _counted(one)
    if known is None:
        return None
    metrics = tuple(_metric(_text(key), _mapping(value)) for key, value in _mapping(one.get("metrics")).items())
    return SavedSegment(
        known[0],
        str(one["unit"]),
        known[1],
        _count(one.get("unknown")) or 0,
        _text(one.get("unknown_because")),
        _text(one.get("criteria_hash")),
        _number(one.get("share_of_parent")),
        _number(one.get("share_low")),
        _number(one.get("share_high")),
        metrics,
    )


def _metric(name: str, one: dict[str, Any]) -> SavedMetric:
    return SavedMetric(
        name,
        _number(one.get("value")),
        _count(one.get("n")),
        _count(one.get("unknown")),
        _text(one.get("unit")),
        _number(one.get("low")),
        _number(one.get("high")),
        _number(one.get("parent")),
        _number(one.get("previous")),
        _text(one.get("note")),
        _text(one.get("name")),
        tuple(SavedPart(_text(part.get("name")), _number(part.get("value")), _count(part.get("n")), _text(part.get("unit"))) for part in map(_mapping, _list(one.get("parts")))),
    )


def _overlap(one: dict[str, Any]) -> SavedOverlap | None:
    first, second, both = _text(one.get("a")), _text(one.get("b")), _count(one.get("both"))
    return SavedOverlap(first, second, both) if first and second and both is not None else None


def _coverage(held: object) -> SavedCoverage | None:
    one = _mapping(held)
    counts = [_count(one.get(name)) for name in ("none", "one", "several", "unknown")]
    known = [count for count in counts if count is not None]
    return SavedCoverage(_text(one.get("parent")), *known) if len(known) == len(counts) else None


def _mapping(held: object) -> dict[str, Any]:
    return held if isinstance(held, dict) else {}


def _list(held: object) -> list[Any]:
    return held if isinstance(held, list) else []


def _text(held: object) -> str:
    return clean(held[:_LONGEST]) if type(held) is str else ""


def _count(held: object) -> int | None:
    number = _number(held)
    return None if number is None or number < 0 or number.denominator != 1 else int(number)


def _number(held: object) -> Fraction | None:
    """A number exactly as it stands; one of absurd length or size is none."""
    if not isinstance(held, _Typed) or len(held) > _LONGEST_NUMBER or _HUGE.search(held):
        return None
    value = Fraction(held)
    return value if -_WHOLE <= value <= _WHOLE else None


def _day(held: object) -> dt.date | None:
    return date(held) if type(held) is str else None


def _refuse(_: str) -> None:
    """NaN and Infinity are no numbers."""

"""Criteria in plain words for people who never see YAML: "company size of 50 and more", "not on CRM: Salesforce"."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from microseg.criteria.ast import All, AnyOf, Bound, Criterion, InSegment, NoneOf, Not, Relative, Test, Trend, Use, Users, Window, dimensions_used
from microseg.criteria.dimensions import CATEGORIES, OWN_CATEGORY, Dimension, Dimensions, Side, category_of
from microseg.criteria.values import Duration, Value, decimal_text, duration_text, percent_text
from microseg.record import NamedTuple

_MOST_LISTED = 6
_PLURAL = re.compile(r"s\b")
_SLUGGED = frozenset({"enum", "ordinal", "set", "state"})
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """One demand in plain words, and whether it says who they are ("who") or what they do ("do")."""

    text: str
    side: Side


class Family(NamedTuple):
    """A family of dimensions that criteria are built on: its name, and the words of the dimensions used."""

    words: str
    dimensions: tuple[str, ...]


def words(criterion: Criterion, *, dimensions: Dimensions, names: Mapping[str, str] = _NO_NAMES) -> str:
    """A criterion as one phrase, without a full stop. `names`: what segments are called, by id."""
    return _Speech(dimensions, names).say(criterion)


def lines(criterion: Criterion, *, dimensions: Dimensions, names: Mapping[str, str] = _NO_NAMES) -> tuple[Line, ...]:
    """Each demand that must hold as a phrase of its own, in the order they were typed."""
    speech = _Speech(dimensions, names)
    return tuple(Line(speech.say(part), _side(part, dimensions)) for part in _demands(criterion))


def built_using(criterion: Criterion, *, dimensions: Dimensions) -> tuple[Family, ...]:
    """The families of dimensions used, in the order of the format; resolve definitions first, so that they count."""
    used = [(category_of(dimension), dimension.words) for name in dimensions_used(criterion) if (dimension := dimensions.find(name))]
    found = []
    for category in (*CATEGORIES, OWN_CATEGORY):
        inside = tuple(dict.fromkeys(words for of, words in used if of == category))
        if inside:
            found.append(Family(category.words or joined(inside), inside))
    return tuple(found)


def joined(parts: tuple[str, ...], last: str = "and") -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _demands(criterion: Criterion) -> tuple[Criterion, ...]:
    """The parts of nested `all`, flat; several bounds of one dimension stay together."""
    if not isinstance(criterion, All) or _one_dimension(criterion):
        return (criterion,)
    return tuple(inner for part in criterion.parts for inner in _demands(part))


def _one_dimension(criterion: All) -> bool:
    first = criterion.parts[0] if criterion.parts else None
    return isinstance(first, Test) and all(isinstance(part, Test) and _subject(part) == _subject(first) for part in criterion.parts)


def _subject(test: Test) -> tuple[object, ...]:
    return (test.dimension, test.window, test.event, test.feature, test.platform, test.regularity)


def _side(criterion: Criterion, dimensions: Dimensions) -> Side:
    """Whose families are all traits says who they are; with any behaviour in it, what they do."""
    used = [dimensions.find(name) for name in dimensions_used(criterion)]
    return "do" if any(found is not None and category_of(found).side == "do" for found in used) else "who"


class _Speech(NamedTuple):
    """How one workspace speaks: its dimensions and the names of its segments."""

    dimensions: Dimensions
    names: Mapping[str, str]

    def say(self, criterion: Criterion) -> str:
        speaker = _SPEAKERS[type(criterion)]
        return speaker(self, criterion)

    def inside(self, criterion: Criterion) -> str:
        """A phrase inside another: in brackets where it would be misread."""
        text = self.say(criterion)
        plain = isinstance(criterion, Test | Use | Trend | InSegment) or (isinstance(criterion, All) and _one_dimension(criterion))
        return text if plain else f"({text})"


def _say_all(speech: _Speech, criterion: All) -> str:
    if _one_dimension(criterion) and len(criterion.parts) > 1:
        return _say_range(speech, tuple(part for part in criterion.parts if isinstance(part, Test)))
    return joined(tuple(speech.inside(part) for part in criterion.parts))


def _say_range(speech: _Speech, tests: tuple[Test, ...]) -> str:
    """Two bounds of one number as a range: company size from 100 to under 1,000."""
    low = next((test for test in tests if test.operator in {"gte", "gt"}), None)
    high = next((test for test in tests if test.operator in {"lte", "lt"}), None)
    dimension = speech.dimensions.find(tests[0].dimension)
    if low is None or high is None or len(tests) != 2 or dimension is None or dimension.type == "date":
        return joined(tuple(_say_test(speech, test) for test in tests))
    start = ("more than " if low.operator == "gt" else "from ") + _value(low.values[0], dimension)
    end = ("to under " if high.operator == "lt" else "to ") + _value(high.values[0], dimension)
    return f"{_noun(dimension, low)} {start} {end}{_unit(dimension)}{_when(low)}"


def _say_any(speech: _Speech, criterion: AnyOf) -> str:
    return joined(tuple(speech.inside(part) for part in criterion.parts), "or")


def _say_none(speech: _Speech, criterion: NoneOf) -> str:
    parts = tuple(speech.inside(part) for part in criterion.parts)
    return f"not {parts[0]}" if len(parts) == 1 else f"none of these: {joined(parts)}"


def _say_not(speech: _Speech, criterion: Not) -> str:
    return f"not {speech.inside(criterion.part)}"


def _say_use(_: _Speech, criterion: Use) -> str:
    return criterion.name.replace("-", " ")


def _say_segment(speech: _Speech, criterion: InSegment) -> str:
    name = speech.names.get(criterion.segment, criterion.segment.replace("-", " "))
    return f"{'' if criterion.member else 'not '}in the segment {name}"


def _say_test(speech: _Speech, test: Test) -> str:
    dimension = speech.dimensions.find(test.dimension)
    if dimension is None:
        return test.dimension
    if test.operator == "is_set":
        return f"{dimension.words} {'known' if test.values == (True,) else 'not known'}{_when(test)}"
    if dimension.type == "date" and test.operator in _DATES:
        return f"{dimension.words} {_DATES[test.operator].format(*(_value(value, dimension) for value in test.values))}"
    if dimension.counted and test.operator in _COUNTS:
        phrase = _COUNTS[test.operator].format(*(_value(value, dimension) for value in test.values))
        noun = _noun(dimension, test)
        return f"{phrase} {_PLURAL.sub('', noun, count=1) if test.values == (1,) else noun}{_when(test)}"
    phrase = _PHRASES[test.operator].format(_values(test, dimension), *(_value(value, dimension) for value in test.values[:2]))
    return f"{_noun(dimension, test)} {phrase}{_unit(dimension)}{_when(test)}"


def _noun(dimension: Dimension, test: Test | Trend) -> str:
    noun = dimension.words
    if test.feature is not None:
        noun = noun.replace("a feature", _spaced(test.feature)) if "a feature" in noun else f"{noun} for {_spaced(test.feature)}"
    if test.event is not None:
        noun = f"{noun} ({_spaced(test.event)})"
    return f"{noun} on {joined(test.platform, 'or')}" if test.platform else noun


def _unit(dimension: Dimension) -> str:
    return f" {dimension.unit}" if dimension.unit not in {"", "share", "percent"} else ""


def _when(test: Test) -> str:
    regular = test.regularity
    if regular is not None:
        each = "day" if regular.in_each == Duration(1, "d") else duration_text(regular.in_each)
        return f" in at least {regular.at_least} of the last {regular.of} periods of {each}"
    return _window(test.window) if test.window else ""


def _window(window: Window) -> str:
    if window.last is not None:
        length = duration_text(window.last)
        return f" in the last {length.removeprefix('1 ')}"
    if window.first is not None and window.until is not None:
        return f" from {window.first.isoformat()} to {window.until.isoformat()}"
    if window.first is not None:
        return f" since {window.first.isoformat()}"
    return f" until {window.until.isoformat()}" if window.until is not None else " at any time"


def _values(test: Test, dimension: Dimension) -> str:
    """The values of a list, few enough to read."""
    found = tuple(_value(value, dimension) for value in test.values)
    if len(found) > _MOST_LISTED:
        return f"one of {len(found):,} values"
    return joined(found, "and" if test.operator == "includes_all" else "or")


def _value(value: Value, dimension: Dimension) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return {"share": percent_text(value), "percent": f"{decimal_text(value)} %"}.get(dimension.unit) or decimal_text(value)
    if isinstance(value, Duration):
        return duration_text(value)
    if isinstance(value, tuple):
        return ".".join(str(part) for part in value) or "the current major version"
    if isinstance(value, str):
        return _spaced(value) if dimension.type in _SLUGGED else value
    return value.isoformat()


def _spaced(text: str) -> str:
    return text.replace("_", " ")


def _say_users(speech: _Speech, criterion: Users) -> str:
    match = "" if criterion.where is None else speech.say(criterion.where)
    counts = tuple(_counts(criterion))
    one = counts in {("at least 1",), ("at most 1",)}
    who = ("user", " who matches: ") if one else ("users", " who match: ")
    found = [f"{joined(counts)} {who[0]}{match and who[1]}{match}"] if counts else []
    if criterion.relative is not None:
        found.append(_relative(speech, criterion.relative, match))
    if criterion.every:
        found.append(f"every user matches: {match}")
    if criterion.none:
        found.append(f"no user matches: {match}")
    return joined(tuple(found))


def _counts(criterion: Users) -> Iterator[str]:
    if criterion.at_least is not None:
        yield f"at least {criterion.at_least:,}"
    if criterion.at_most is not None:
        yield f"at most {criterion.at_most:,}"
    for bound in criterion.share:
        yield f"{_share(bound)} of all"


def _share(bound: Bound) -> str:
    return _COUNTS[bound.operator].format(*(percent_text(value) for value in bound.values))


def _relative(speech: _Speech, relative: Relative, match: str) -> str:
    dimension = speech.dimensions.find(relative.dimension)
    noun = dimension.words if dimension else relative.dimension
    side = "fewer" if relative.side == "below" else "more"
    who = f"users who match ({match})" if match else "users"
    return f"{who} are {side} than {percent_text(relative.share)} of {noun}"


def _say_trend(speech: _Speech, trend: Trend) -> str:
    dimension = speech.dimensions.find(trend.of)
    noun = _noun(dimension, trend) if dimension else trend.of
    changes = joined(tuple(_change(bound) for bound in trend.bounds))
    return f"{noun} {changes} over {duration_text(trend.over)}"


def _change(bound: Bound) -> str:
    """Growth in words; a band around nothing is static."""
    low = bound.values[0]
    if bound.operator == "between":
        high = bound.values[1]
        return f"static (within ±{percent_text(high)})" if low == -high else f"changing by {percent_text(low)} to {percent_text(high)}"
    if bound.operator in {"gt", "gte"} and low >= 0:
        return f"growing by {_COUNTS[bound.operator].format(percent_text(low))}"
    if bound.operator in {"lt", "lte"} and low <= 0:
        return f"shrinking by {_COUNTS['gt' if bound.operator == 'lt' else 'gte'].format(percent_text(-low))}"
    return f"changing by {_COUNTS[bound.operator].format(percent_text(low))}"


_COUNTS: MappingProxyType[str, str] = MappingProxyType(
    {
        "eq": "exactly {0}",
        "ne": "any number but {0}",
        "lt": "fewer than {0}",
        "lte": "at most {0}",
        "gt": "more than {0}",
        "gte": "at least {0}",
        "between": "{0} to {1}",
    }
)
_DATES: MappingProxyType[str, str] = MappingProxyType(
    {
        "lt": "before {0}",
        "lte": "{0} or before",
        "gt": "after {0}",
        "gte": "{0} or after",
        "between": "{0} to {1}",
    }
)
# {0}: all values as a list, {1} and {2}: the first two
_PHRASES: MappingProxyType[str, str] = MappingProxyType(
    {
        "eq": "is {0}",
        "ne": "is not {0}",
        "in": "is {0}",
        "not_in": "is not {0}",
        "lt": "under {0}",
        "lte": "of {0} at most",
        "gt": "over {0}",
        "gte": "of {0} and more",
        "between": "from {1} to {2}",
        "v_lt": "before {0}",
        "v_lte": "{0} or before",
        "v_gt": "after {0}",
        "v_gte": "{0} or after",
        "contains": "contains “{0}”",
        "starts_with": "starts with “{0}”",
        "ends_with": "ends with “{0}”",
        "matches": "matches the pattern “{0}”",
        "at_least": "of {0} and above",
        "at_most": "of {0} and below",
        "includes_any": "includes {0}",
        "includes_all": "includes {0}",
        "includes_none": "does not include {0}",
        "changed_to": "changed to {0}",
    }
)
_SPEAKERS: MappingProxyType[type, Callable[[_Speech, Any], str]] = MappingProxyType(
    {
        All: _say_all,
        AnyOf: _say_any,
        NoneOf: _say_none,
        Not: _say_not,
        Test: _say_test,
        Users: _say_users,
        Trend: _say_trend,
        Use: _say_use,
        InSegment: _say_segment,
    }
)

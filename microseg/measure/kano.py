"""Kano: from a questionnaire to what is taken for granted, what pays by the measure, and what delights, segment by segment.

Each respondent says of each feature how it would be with it (functional) and without it (dysfunctional), on five levels:
like, expect, neutral, live with, dislike. The pair gives a category by the standard table (Kano 1984; Berger et al. 1993):

| with ↓ without → | like | expect | neutral | live with | dislike |
|---|---|---|---|---|---|
| like | Q | A | A | A | O |
| expect | R | I | I | I | M |
| neutral | R | I | I | I | M |
| live with | R | I | I | I | M |
| dislike | R | R | R | R | Q |

A feature's category is the most frequent one; ties go M > O > A > I > R, for what is owed comes first. Better is
(A + O) / (A + O + M + I), Worse is -(O + M) / (A + O + M + I). Category strength is the first share less the second
(Lee and Newcomb 1997: 6 % and more is a clear one), and Fong's test (1996) says whether the two most frequent differ.
Questionable answers (Q) are counted apart and are in none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from microseg import __version__
from microseg.errors import short
from microseg.measure.questionnaire import Answer, BadRow, Questionnaire
from microseg.measure.statistics import is_told_apart, rounded
from microseg.model.scores import Kano
from microseg.source.text import clean

LEVELS = ("like", "expect", "neutral", "live with", "dislike")
CATEGORIES = MappingProxyType(
    {"M": "must-be", "O": "one-dimensional", "A": "attractive", "I": "indifferent", "R": "reverse", "Q": "questionable"}
)  # in the order of ties
EVERYBODY = ""
FEWEST = 10  # answers, below which the normal curve of Fong's test says nothing
VERSION = 1
_TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_SAID = {
    "like": ("1", "like", "i like it", "i like it that way", "i would like it", "enjoy", "i enjoy it"),
    "expect": ("2", "expect", "expect it", "i expect it", "must be", "it must be that way", "must have"),
    "neutral": ("3", "neutral", "i am neutral", "i m neutral", "don t care", "i don t care", "indifferent"),
    "live with": ("4", "live with", "i can live with it", "i can live with it that way", "can live with", "tolerate", "i can tolerate it"),
    "dislike": ("5", "dislike", "i dislike it", "i dislike it that way", "i would dislike it"),
}
_LEVEL_OF = MappingProxyType({text: LEVELS.index(level) for level, texts in _SAID.items() for text in texts})

Places = Callable[[str], "tuple[str, ...] | None"]


@dataclass(frozen=True, slots=True)
class FeatureResult:
    """What one group says of one feature. `segment` is "" for everybody; `strength` and the rest are None where nobody answered."""

    feature: str
    segment: str
    counts: Kano
    category: str | None
    strength: Fraction | None
    is_clear: bool

    @property
    def n(self) -> int:
        """How many answers count: all but the questionable ones."""
        return sum(_count(self.counts, letter) for letter in CATEGORIES if letter != "Q")


class KanoReport(NamedTuple):
    """Results by feature, everybody first and then each segment; the rows that were left out; how many respondents there were."""

    results: tuple[FeatureResult, ...]
    bad: tuple[BadRow, ...]
    respondents: int


def category_of(functional: str, dysfunctional: str) -> str | None:
    """The category of one pair of answers, as a letter; None where an answer is none of the five levels."""
    with_it, without = level_of(functional), level_of(dysfunctional)
    return None if with_it is None or without is None else _TABLE[with_it][without]


def level_of(answer: str) -> int | None:
    """The place of an answer on the scale, 0 (like) to 4 (dislike): a number 1 to 5, the word, or the usual sentence."""
    return _LEVEL_OF.get(_NOT_A_LETTER.sub(" ", answer.casefold()).strip())


def results_of(answers: Questionnaire, *, places: Places) -> KanoReport:
    """The categories of each feature for everybody and for each segment.

    `places` gives the ids of all segments that the text in the segment or account column stands for, those above
    included, or None where there is no such segment or account.
    """
    counted: dict[tuple[str, str], Counter[str]] = {}
    bad, people = list(answers.bad), set()
    for answer, letter in _judged(answers.answers, bad):
        found = places(answer.group) if answer.group else ()
        if found is None:
            bad.append(BadRow(answer.line, f"there is no {answers.group_column} {_quoted(answer.group)}, so it counts for everybody alone"))
        people.add(answer.respondent)
        for segment in (EVERYBODY, *(found or ())):
            counted.setdefault((answer.feature, segment), Counter())[letter] += 1
    order = {feature: number for number, feature in enumerate(dict.fromkeys(answer.feature for answer in answers.answers))}
    results = (summary(feature, segment, counts) for (feature, segment), counts in counted.items())
    return KanoReport(tuple(sorted(results, key=lambda one: (order[one.feature], one.segment))), tuple(sorted(bad)), len(people))


def summary(feature: str, segment: str, counts: Counter[str]) -> FeatureResult:
    """What the counts of the letters M O A I R Q say."""
    kano = Kano(M=counts["M"], O=counts["O"], A=counts["A"], I=counts["I"], R=counts["R"], Q=counts["Q"])
    ranked = sorted((letter for letter in CATEGORIES if letter != "Q"), key=lambda letter: -counts[letter])  # stable: ties keep M > O > A > I > R
    n = sum(counts[letter] for letter in ranked)
    if not n:
        return FeatureResult(feature, segment, kano, None, None, is_clear=False)
    first, second = counts[ranked[0]], counts[ranked[1]]
    return FeatureResult(feature, segment, kano, ranked[0], Fraction(first - second, n), is_clear=n >= FEWEST and is_told_apart(first, second, n))


def as_yaml(result: FeatureResult) -> str:
    """The line to paste under a solution of that segment; MS205 and the judge go by it from then on."""
    return f"kano: {{{', '.join(f'{letter}: {_count(result.counts, letter)}' for letter in CATEGORIES)}}}"


def as_dict(report: KanoReport) -> dict[str, Any]:
    """The whole report as plain values, keys in a fixed order: what docs/schemas/kano.schema.json describes."""
    return {
        "version": VERSION,
        "tool": f"microseg {__version__}",
        "respondents": report.respondents,
        "results": [_as_dict(one) for one in report.results],
        "left_out": [one._asdict() for one in report.bad],
    }


def _as_dict(one: FeatureResult) -> dict[str, Any]:
    return {
        "feature": one.feature,
        "segment": one.segment or None,
        "n": one.n,
        "counts": {letter: _count(one.counts, letter) for letter in CATEGORIES},
        "category": one.category,
        "category_name": CATEGORIES[one.category] if one.category else None,
        "better": _number(one.counts.better),
        "worse": _number(one.counts.worse),
        "strength": _number(one.strength),
        "clear": one.is_clear,
        "must_be": one.counts.is_must_be,
        "yaml": as_yaml(one),
    }


def _number(value: Fraction | None) -> int | float | None:
    """A share as JSON has it: whole, or rounded half up to six decimals."""
    if value is None:
        return None
    near = rounded(value, 6)
    return near.numerator if near.denominator == 1 else float(near)


def _judged(answers: Iterable[Answer], bad: list[BadRow]) -> Iterator[tuple[Answer, str]]:
    """Each answer with its category; those without one, and second answers to the same question, are bad rows."""
    met: dict[tuple[str, str], int] = {}
    for answer in answers:
        letter = category_of(answer.functional, answer.dysfunctional)
        if letter is None:
            wrong = answer.functional if level_of(answer.functional) is None else answer.dysfunctional
            bad.append(BadRow(answer.line, f"{_quoted(wrong)} is none of the five answers: {', '.join(LEVELS)}, or 1 to 5" if wrong else "an answer is missing"))
            continue
        before = met.setdefault((answer.respondent, answer.feature), answer.line)
        if before != answer.line:
            bad.append(BadRow(answer.line, f"{_quoted(answer.respondent)} has already answered {_quoted(answer.feature)} in line {before}; the first answer counts"))
            continue
        yield answer, letter


def _quoted(text: str) -> str:
    return f'"{short(clean(text))}"'


def _count(counts: Kano, letter: str) -> int:
    return getattr(counts, letter) or 0

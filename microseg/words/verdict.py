"""Is this statement owed by every product, or is it a need of this segment?"""

from functools import cache
from math import exp, sqrt
from typing import Literal

from microseg.record import NamedTuple, made
from microseg.words.analyse import Analysis, line_of, rest_score
from microseg.words.context import Context
from microseg.words.features import UNITS
from microseg.words.look import Seen, apart, is_left, words_of
from microseg.words.shape import KIND_SLOTS, LONG, tier_name
from microseg.words.weights import weights

Label = Literal["mer", "specific", "not_english"]
Confidence = Literal["sure", "maybe"]
Kind = Literal["pain", "solution"]

# What the place of an item adds, in log-odds: measured on the trees of training/trees, see docs/judge.md.
_AT_HEAD = 0.3
_SHARED = 1.0
_TRAIT = 1.0  # taken away for each word that tells what the members are or do
_MOST_TRAITS = 2


class Verdict(NamedTuple):
    """The judgement of one statement.

    `label` is "mer" (minimum expected requirement), "specific" or "not_english"; `confidence` is "sure" or "maybe" for
    a mer, else None; `family` is the file name of the quality family or empty; `score` is the probability of mer, 0 to 1.
    """

    label: Label
    confidence: Confidence | None
    family: str
    score: float


class _Tiers(NamedTuple):
    """Of a kind and length: what the kind adds, which way its tilt counts, and the least scores of sure and maybe."""

    extra: float
    turn: int
    sure: float
    maybe: float


_FOREIGN = Verdict("not_english", None, "", 0.0)


def verdict(analysis: Analysis, context: Context, *, kind: Kind | None = None) -> Verdict:
    """Judge a statement in its surroundings: the team's decisions first, then the words."""
    if (context.accept or context.must_be or context.expected) and (decided := _decided(analysis, context)):
        return decided
    english, _, _, words, left, praised, family, _, _, _, _, _ = analysis
    if not english:
        return _FOREIGN
    tiers = _tiers(kind, words >= LONG)
    score = _weighed(analysis, context, tiers)
    if praised and not left:
        score = max(score, tiers.sure)  # praise and nothing else: no such statement of the corpus was a need
    if score < tiers.maybe:
        return made(Verdict, ("specific", None, family, _probability(score)))
    score += _AT_HEAD * context.at_head + _SHARED * context.shared  # where it stands makes a guess surer, no need a guess
    return made(Verdict, ("mer", "sure" if score >= tiers.sure else "maybe", family, _probability(score)))


def _decided(analysis: Analysis, context: Context) -> Verdict | None:
    """Return what the team's own decisions say of a statement, None where they say nothing."""
    if context.accept and _holds(analysis, context.accept):
        return Verdict("specific", None, analysis.family, 0.0)
    if context.must_be and line_of(analysis) in context.must_be:
        return Verdict("mer", "sure", analysis.family, 1.0)
    if analysis.english and context.expected and not _rest(analysis, context):
        return Verdict("mer", "sure", analysis.family, 1.0)
    return None


def log_odds(analysis: Analysis, context: Context, *, kind: Kind | None = None) -> float:
    """Return the weight of evidence, with the group's words and the workspace's expected phrases struck out."""
    return _weighed(analysis, context, _tiers(kind, analysis.words >= LONG))


def _weighed(analysis: Analysis, context: Context, tiers: "_Tiers") -> float:
    _, score, tilt, count, _, _, _, pieces, stems, _, _, _ = analysis
    score = score + tiers.extra + tiers.turn * tilt
    if not context.traits.isdisjoint(stems):
        score -= _TRAIT * min(len(context.traits.intersection(stems)), _MOST_TRAITS)
    if count >= LONG:  # in a scene the group's words tell the story, they do not decorate
        return score
    struck = _struck(analysis, context) if context.expected else context.group
    if struck.isdisjoint(stems):
        return score
    words = pieces if len(pieces) == len(stems) else words_of(pieces)
    gone = [word for word in words if word.stems in struck and is_left(word)]
    return score + _without(analysis, gone, tiers.turn) if gone else score


def _without(analysis: Analysis, gone: list[Seen], turn: int) -> float:
    """Return what it adds to a score that some of the words left over are struck out."""
    before, after = rest_score(analysis.praised, analysis.left), rest_score(analysis.praised, analysis.left - len(gone))
    weight, tilt, _, _ = apart(sum([one.numbers for one in gone]))
    return after[0] - before[0] + turn * (after[1] - before[1]) - (weight + turn * tilt) / (UNITS * sqrt(analysis.words))


@cache
def _tiers(kind: Kind | None, long: bool) -> _Tiers:
    """Return how a kind and length is judged; a long statement must do better."""
    known = weights("mer")
    name = tier_name(kind or "", long=long)
    turn = {"pain": 1, "solution": -1}.get(kind or "", 0)
    extra = known.shape[KIND_SLOTS[kind]] + turn * weights("tilt").shape[KIND_SLOTS[kind]] if kind else 0.0
    return _Tiers(extra, turn, known.sure[name], known.maybe[name])


def _probability(score: float) -> float:
    """Return the probability to four places; `round` takes longer than all the rest."""
    return int(10_000 / (1 + exp(-score)) + 0.5) / 10_000


def _holds(analysis: Analysis, phrases: tuple[str, ...]) -> bool:
    line = line_of(analysis)
    return any(phrase in line for phrase in phrases)


def _struck(analysis: Analysis, context: Context) -> frozenset[str]:
    """Return the stems that count for nothing here: the group's own, and those of expected phrases that occur."""
    line = line_of(analysis)
    found = [phrase.split() for phrase in context.expected if phrase in line]
    return context.group.union(*found) if found else context.group


def _rest(analysis: Analysis, context: Context) -> bool:
    """Say whether something is left beside an expected phrase; true when there is no such phrase."""
    if not _holds(analysis, context.expected):
        return True
    struck = _struck(analysis, context)
    return any(word.stems not in struck for word in words_of(analysis.pieces) if is_left(word))

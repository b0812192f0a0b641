"""Is this statement owed by every product, or is it a need of this segment?"""

from functools import cache
from itertools import compress
from math import exp, inf, sqrt
from typing import Literal

from microseg.record import NamedTuple, made
from microseg.words.analyse import Analysis, line_of, rest_score
from microseg.words.context import Context
from microseg.words.features import UNITS
from microseg.words.look import is_left, owed_and_tilt, words_of
from microseg.words.shape import KIND_SLOTS, LONG, MAY_WISH, tier_name
from microseg.words.vocabulary import LEFT
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
    a mer, else None; `family` is the file name of the quality family or empty; `odds` is the weight of evidence for mer,
    in log-odds, without end where a decision of the team outweighs all words.
    """

    label: Label
    confidence: Confidence | None
    family: str
    odds: float

    @property
    def score(self) -> float:
        """The probability of mer, 0 to 1, to four places."""
        return int(10_000 / (1 + exp(-self.odds)) + 0.5) / 10_000


class _Tiers(NamedTuple):
    """Of a kind and length: what the kind adds, which way its tilt counts, and the least scores of sure and maybe."""

    extra: float
    turn: int
    sure: float
    maybe: float


_FOREIGN = Verdict("not_english", None, "", -inf)


def verdict(analysis: Analysis, context: Context, *, kind: Kind | None = None) -> Verdict:
    """Judge a statement in its surroundings: the team's decisions first, then the words."""
    _, _, accept, expected, must_be, at_head, shared = context
    if (accept or must_be or expected) and (decided := _decided(analysis, context)):
        return decided
    english, _, _, words, left, praised, family, _, _, _, _, _ = analysis
    if not english:
        return _FOREIGN
    tiers = _tiers(kind, words >= LONG)
    _, _, sure, maybe = tiers
    score = _weighed(analysis, context, tiers)
    if praised and not left:
        score = max(score, sure)  # praise and nothing else: no such statement of the corpus was a need
    if score < maybe:
        return made(Verdict, ("specific", None, family, score))
    score += _AT_HEAD * at_head + _SHARED * shared  # where it stands makes a guess surer, no need a guess
    return made(Verdict, ("mer", "sure" if score >= sure else "maybe", family, score))


def _decided(analysis: Analysis, context: Context) -> Verdict | None:
    """Return what the team's own decisions say of a statement, None where they say nothing."""
    if context.accept and _holds(analysis, context.accept):
        return Verdict("specific", None, analysis.family, -inf)
    if context.must_be and line_of(analysis) in context.must_be:
        return Verdict("mer", "sure", analysis.family, inf)
    if analysis.english and context.expected and not _rest(analysis, context):
        return Verdict("mer", "sure", analysis.family, inf)
    return None


def log_odds(analysis: Analysis, context: Context, *, kind: Kind | None = None) -> float:
    """Return the weight of evidence, with the group's words and the workspace's expected phrases struck out."""
    return _weighed(analysis, context, _tiers(kind, analysis.words >= LONG))


def _weighed(analysis: Analysis, context: Context, tiers: "_Tiers") -> float:
    _, score, tilt, count, left, praised, _, pieces, stems, _, _, _ = analysis
    group, traits, _, expected, _, _, _ = context
    extra, turn, _, _ = tiers
    score = score + extra + turn * tilt
    if traits and not traits.isdisjoint(stems):
        score -= _TRAIT * min(len(traits.intersection(stems)), _MOST_TRAITS)
    if not left or count >= LONG:  # in a scene the group's words tell the story, they do not decorate
        return score
    struck = _struck(analysis, context) if expected else group
    if struck.isdisjoint(stems):
        return score
    words = pieces if len(pieces) == len(stems) else words_of(pieces)
    gone = [word.numbers for word in compress(words, map(struck.__contains__, stems)) if word.first % MAY_WISH == LEFT]  # as `is_left`, without its calls
    if not gone:
        return score
    weight, tilt = owed_and_tilt(sum(gone))
    return score + (_less(praised, left, len(gone), turn) - (weight + turn * tilt) / (UNITS * sqrt(count)))


@cache
def _less(praised: bool, left: int, gone: int, turn: int) -> float:
    """Return what it adds to a score, but for the words themselves, that of those left over some are struck out."""
    before, after = rest_score(praised, left), rest_score(praised, left - gone)
    return after[0] - before[0] + turn * (after[1] - before[1])


@cache
def _tiers(kind: Kind | None, long: bool) -> _Tiers:
    """Return how a kind and length is judged; a long statement must do better."""
    known = weights("mer")
    name = tier_name(kind or "", long=long)
    turn = {"pain": 1, "solution": -1}.get(kind or "", 0)
    extra = known.shape[KIND_SLOTS[kind]] + turn * weights("tilt").shape[KIND_SLOTS[kind]] if kind else 0.0
    return _Tiers(extra, turn, known.sure[name], known.maybe[name])


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

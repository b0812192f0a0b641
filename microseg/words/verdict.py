"""Is this statement owed by every product, or is it a need of this segment?"""

from functools import cache
from math import exp
from typing import Literal, NamedTuple

from microseg.words import advice
from microseg.words.analyse import Analysis, analyse, rest_score
from microseg.words.context import Context
from microseg.words.lexicon import FAMILIES
from microseg.words.shape import KIND_SLOTS, LONG, tier_name
from microseg.words.tokens import Token, stem_line, tokens
from microseg.words.vocabulary import GENERIC, LEFT, NUMBER, QUALITY, classes
from microseg.words.weights import weights

Label = Literal["mer", "specific", "not_english"]
Confidence = Literal["sure", "maybe"]
Kind = Literal["pain", "solution"]
WordClass = Literal["quality", "generic", "group", "function", "left"]

_AT_HEAD = 0.3
_SHARED = 0.5


class Verdict(NamedTuple):
    """The judgement of one statement.

    `label` is "mer" (minimum expected requirement), "specific" or "not_english"; `confidence` is "sure" or "maybe" for
    a mer, else None; `family` is the file name of the quality family or empty; `score` is the probability of mer, 0 to 1.
    """

    label: Label
    confidence: Confidence | None
    family: str
    score: float


class Word(NamedTuple):
    """One word of a judged statement: where it stands, its class, and the quality family that claims it, or nothing."""

    text: str
    start: int
    end: int
    word_class: WordClass
    family: str


class Explanation(NamedTuple):
    """A verdict with its grounds, in sentences without a capital or full stop.

    `family` is the quality family as a reader knows it; `question`, `rewrite` and `move` are empty unless the
    statement is a minimum expected requirement.
    """

    verdict: Verdict
    words: tuple[Word, ...]
    family: str
    reason: str
    question: str
    rewrite: str
    move: str


_FOREIGN = Verdict("not_english", None, "", 0.0)


def verdict(analysis: Analysis, context: Context, *, kind: Kind | None = None) -> Verdict:
    """Judge a statement in its surroundings: the team's decisions first, then the words."""
    if context.accept and any(phrase in analysis.stems for phrase in context.accept):
        return Verdict("specific", None, analysis.family, 0.0)
    if context.must_be and analysis.stems in context.must_be:
        return Verdict("mer", "sure", analysis.family, 1.0)
    if not analysis.english:
        return _FOREIGN
    if context.expected and not _rest(analysis, context):
        return Verdict("mer", "sure", analysis.family, 1.0)
    score = log_odds(analysis, context)
    extra, sure, maybe = _tiers(kind, analysis.words >= LONG)
    score += extra
    if analysis.praised and not analysis.left:
        score = max(score, sure)  # praise and nothing else: 122 of 122 such statements of the corpus are owed by all
    if score < maybe:
        return Verdict("specific", None, analysis.family, round(1 / (1 + exp(-score)), 4))
    return Verdict("mer", "sure" if score >= sure else "maybe", analysis.family, round(1 / (1 + exp(-score)), 4))


@cache
def _tiers(kind: Kind | None, long: bool) -> tuple[float, float, float]:
    """Return what a kind adds to the score, and the least scores of sure and maybe; a long statement must do better."""
    known = weights("mer")
    name = tier_name(kind or "", long=long)
    return known.shape[KIND_SLOTS[kind]] if kind else 0.0, known.sure[name], known.maybe[name]


def log_odds(analysis: Analysis, context: Context) -> float:
    """Return the weight of evidence, with the group's words and the workspace's expected phrases struck out."""
    score = analysis.score + _AT_HEAD * context.at_head + _SHARED * context.shared
    struck = _struck(analysis, context) if context.expected else context.group
    if not struck or analysis.words >= LONG:  # in a scene the group's words tell the story, they do not decorate
        return score
    gone = [weight for word, weight in analysis.left if word in struck]
    if not gone:
        return score
    left, praised = len(analysis.left), analysis.praised
    shorter = rest_score(praised, left - len(gone)) - rest_score(praised, left)
    root: float = analysis.words**-0.5
    return score - sum(gone) * root + shorter


def _struck(analysis: Analysis, context: Context) -> frozenset[str]:
    """Return the stems that count for nothing here: the group's own, and those of expected phrases that occur."""
    found = [phrase.split() for phrase in context.expected if phrase in analysis.stems]
    return context.group.union(*found) if found else context.group


def _rest(analysis: Analysis, context: Context) -> bool:
    """Say whether something is left beside an expected phrase; true when there is no such phrase."""
    if not any(phrase in analysis.stems for phrase in context.expected):
        return True
    struck = _struck(analysis, context)
    return any(word not in struck for word, _ in analysis.left)


def explain(text: str, context: Context, *, kind: Kind | None = None) -> Explanation:
    """Judge a statement and say why: the class of every word, the reason, how to rewrite it or where to move it."""
    found = verdict(analyse(text), context, kind=kind)
    words = _classed(text, context)
    reason = _reason(text, found, context, tuple(word.text for word in words if word.word_class == "left"))
    flagged = found.label == "mer"
    return Explanation(
        found,
        words,
        FAMILIES.get(found.family, ""),
        reason,
        advice.QUESTION if flagged else "",
        advice.rewrite(found.family) if flagged else "",
        advice.MOVE if flagged else "",
    )


def _classed(text: str, context: Context) -> tuple[Word, ...]:
    found = tokens(text)
    marks = classes([token.lower for token in found])
    praised = _places(found, context.expected)
    return tuple(
        Word(
            token.text,
            token.start,
            token.end,
            "quality" if place in praised else _name(mark.kind, grouped=token.stem in context.group),
            mark.family,
        )
        for place, (token, mark) in enumerate(zip(found, marks, strict=True))
    )


def _places(found: tuple[Token, ...], phrases: tuple[str, ...]) -> frozenset[int]:
    """Return the numbers of the tokens that belong to one of the phrases."""
    stems = tuple(token.stem for token in found)
    places: set[int] = set()
    for phrase in phrases:
        sought = tuple(phrase.split())
        for start in range(len(stems) - len(sought) + 1):
            if stems[start : start + len(sought)] == sought:
                places.update(range(start, start + len(sought)))
    return frozenset(places)


def _written(text: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return the phrases that a text contains, as the text writes them."""
    found = tokens(text)
    places = [sorted(_places(found, (phrase,))) for phrase in phrases]
    return tuple(text[found[at[0]].start : found[at[-1]].end] for at in places if at)


def _name(kind: int, *, grouped: bool) -> WordClass:
    if kind == LEFT:
        return "group" if grouped else "left"
    return "quality" if kind == QUALITY else "generic" if kind in {GENERIC, NUMBER} else "function"


def _reason(text: str, found: Verdict, context: Context, left: tuple[str, ...]) -> str:
    if context.accept and (accepted := _written(text, context.accept)):
        return advice.accepted(accepted[0])
    if context.must_be and stem_line(text) in context.must_be:
        return advice.MUST_BE
    if found.label == "not_english":
        return advice.FOREIGN
    if found.label == "specific":
        return advice.needed(left)
    if context.expected and (expected := _written(text, context.expected)):
        return advice.expected(expected)
    return advice.owed(FAMILIES.get(found.family, ""), left)

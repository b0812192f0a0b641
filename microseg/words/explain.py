"""Why a statement was judged as it was: the class of each word, the reason, what to do. Read only for what is shown."""

from typing import Literal

from microseg.record import NamedTuple
from microseg.words import advice
from microseg.words.analyse import analyse
from microseg.words.context import Context
from microseg.words.lexicon import FAMILIES
from microseg.words.tokens import Token, stem_line, tokens
from microseg.words.verdict import Kind, Verdict, verdict
from microseg.words.vocabulary import GENERIC, LEFT, NUMBER, QUALITY, classes

WordClass = Literal["quality", "generic", "group", "function", "left"]


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


def explain(text: str, context: Context, *, kind: Kind | None = None, found: Verdict | None = None) -> Explanation:
    """Judge a statement and say why: the class of every word, the reason, how to rewrite it or where to move it.

    `found`: the verdict, if it is known.
    """
    found = found or verdict(analyse(text), context, kind=kind)
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
        [
            Word(
                token.text,
                token.start,
                token.end,
                "quality" if place in praised else _name(mark.kind, token, context),
                mark.family,
            )
            for place, (token, mark) in enumerate(zip(found, marks, strict=True))
        ]
    )


def _places(found: tuple[Token, ...], phrases: tuple[str, ...]) -> frozenset[int]:
    """Return the numbers of the tokens that belong to one of the phrases."""
    if not phrases:
        return frozenset()
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


def _name(kind: int, token: Token, context: Context) -> WordClass:
    if kind == LEFT:
        return "group" if token.stem in context.group else "left"
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
    return advice.owed(FAMILIES.get(found.family, ""), left) + advice.SHARED * context.shared

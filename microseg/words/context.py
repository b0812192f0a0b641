"""What the workspace adds to a verdict: the group's own words, the team's decisions, and where the item stands."""

from collections.abc import Iterable

from microseg.record import NamedTuple
from microseg.words.look import content_in
from microseg.words.tokens import lowered_words, stem, stem_line
from microseg.words.vocabulary import GENERIC, LEFT, word_class


class Context(NamedTuple):
    """The surroundings of one statement, as stems and flags; the empty one judges a statement by itself.

    `group` holds the stems of the group's own words, `traits` those of what its members are and do, praise left out.
    `accept` and `expected` are phrases and `must_be` whole statements, each as `stem_line` writes it. `at_head` says
    that the item stands at a head segment, `shared` that most siblings of its segment have it too.
    """

    group: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    accept: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    must_be: frozenset[str] = frozenset()
    at_head: bool = False
    shared: bool = False


NO_CONTEXT = Context()
"""A statement that stands alone: `microseg judge "A good UI"` outside any segment."""


def context_for(
    names: Iterable[str] = (),
    definitions: Iterable[str] = (),
    *,
    traits: Iterable[str] = (),
    accept: Iterable[str] = (),
    expected: Iterable[str] = (),
    must_be: Iterable[str] = (),
    at_head: bool = False,
    shared: bool = False,
) -> Context:
    """Build a context from plain texts.

    `names`: names and keywords of the segment, its ancestors and siblings: their words only say whose wish it is.
    `definitions`: definitions and characteristics of the same segments. `traits`: what the members of this segment
    are and do. `accept`, `expected`: the phrases of `wording` in microseg.yaml. `must_be`: statements that a Kano
    survey of this segment calls must-be.
    """
    return Context(
        group=frozenset(content_in((*names, *definitions))),
        traits=frozenset(stem(word) for text in traits for word in lowered_words(text) if word_class(word).kind in {LEFT, GENERIC}),
        accept=_phrases(accept),
        expected=_phrases(expected),
        must_be=frozenset(_phrases(must_be)),
        at_head=at_head,
        shared=shared,
    )


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := stem_line(text)).strip())

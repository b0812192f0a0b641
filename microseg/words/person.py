"""Does a definition talk about one invented person, a caricature or a job title, rather than about a group?"""

import re
from collections.abc import Iterable
from functools import cache

from microseg.words.giveaway import Giveaway
from microseg.words.lexicon import entries
from microseg.words.tokens import Token, lowered_words, stem, tokens

_NAMED = "a personal name stands for the group; say what its members share"
_BIOGRAPHY = "one person's life is told; say what the members of the group have in common"
_AGE = "one person's age; a band counts only where the product treats it differently"
_CARICATURE = "a caricature of a generation, a sex or a way of life; say what these people do instead"
_TITLE = "a job title alone; not all who hold it need the same, so say in which situation"
_TASTE = "a detail of taste, looks or private life that no need depends on"

_LIFE = re.compile(
    r"\b(?:(?:he|she)(?:'s)? (?:is|has|was|loves|likes|hates|lives|works|drives|wants|enjoys|spends|wakes|dreams|prefers|never|always)"
    r"|(?:his|her) (?:wife|husband|kids|children|dog|cat|car|morning|boss|hobb|free time|weekends?|thirties|forties|fifties))",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:\d\d[- ]year[- ]old\b(?!s)|aged? \d\d\b(?! ?[-\u2013+]| (?:to|and|or)\b)|in (?:his|her) (?:\d\ds|\w+ties))", re.IGNORECASE)
_NICKNAME = re.compile(r"\b([A-Z])[a-z]+ \1[a-z]+\b")
_INITIAL_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|John Doe|Jane Doe|Joe Bloggs)\b\.?")


def persona(text: str) -> Giveaway | None:
    """Find one invented person: a name standing for users, a biography, one person's age."""
    for pattern, reason in ((_INITIAL_NAME, _NAMED), (_LIFE, _BIOGRAPHY), (_YEARS, _AGE)):
        if match := pattern.search(text):
            return _of(text, match.start(), match.end(), reason)
    return _named_person(text)


def stereotype(text: str) -> Giveaway | None:
    """Find a caricature of a generation, a sex or a way of life."""
    return _listed(text, entries("stereotype"), _CARICATURE)


def occupation_only(text: str) -> Giveaway | None:
    """Find a definition that is a job title and nothing else: "Business owners", "CTO"."""
    found = tokens(text)
    content = [token for token in found if token.lower not in {"a", "an", "the", "and", "or", "all", "who", "are", "those", "any", "every"}]
    if not content or len(content) > 4 or content[-1].stem not in _titles():  # noqa: PLR2004 -- "head of product marketing"
        return None
    if any(token.lower in {"who", "with", "in", "at", "without"} for token in found[1:]):
        return None
    return _of(text, content[0].start, content[-1].end, _TITLE)


def useless_detail(text: str) -> Giveaway | None:
    """Find a detail of taste, looks or private life."""
    return _listed(text, entries("taste"), _TASTE)


def _named_person(text: str) -> Giveaway | None:
    found = tokens(text)
    for place, token in enumerate(found):
        if token.lower in _first_names() and token.text.istitle() and _lives(text, found, place):
            return _of(text, token.start, token.end, _NAMED)
    return None


def _lives(text: str, found: tuple[Token, ...], place: int) -> bool:
    """Say whether a name is used as a person's: first in the text, after a comma, or beside a word with its initial."""
    after = text[found[place].end : found[place].end + 2]
    near = found[place - 1] if place else None
    alliterates = near is not None and near.text.istitle() and near.text[0] == found[place].text[0]
    return alliterates or (place == 0 and not found[1:2] == () and (after.startswith(",") or (found[1].text.islower())))


def _listed(text: str, lines: Iterable[str], reason: str) -> Giveaway | None:
    found = tokens(text)
    stems = [token.stem for token in found]
    for line in lines:
        sought = _stems(line)
        for place in range(len(stems) - len(sought) + 1):
            if stems[place] == sought[0] and tuple(stems[place : place + len(sought)]) == sought:
                return _of(text, found[place].start, found[place + len(sought) - 1].end, reason)
    return None


@cache
def _stems(line: str) -> tuple[str, ...]:
    return tuple(map(stem, lowered_words(line)))


@cache
def _titles() -> frozenset[str]:
    return frozenset(_stems(line)[-1] for line in entries("occupations"))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(entries("first_names"))


def _of(text: str, start: int, end: int, reason: str) -> Giveaway:
    return Giveaway(start, end, text[start:end], reason)

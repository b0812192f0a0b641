"""Does a definition talk about one invented person, a caricature or a job title, rather than about a group?"""

import re
from functools import cache

from microseg.words.giveaway import Giveaway, at, listed, matched
from microseg.words.learnt import loudest, smells
from microseg.words.lexicon import entries
from microseg.words.tokens import Token, lowered_words, stem, tokens
from microseg.words.vocabulary import LEFT, NUMBER, classes

_NAMED = "a personal name stands for the group; say what its members share"
_BIOGRAPHY = "one person's life is told; say what the members of the group have in common"
_AGE = "one person's age; a band counts only where the product treats it differently"
_CARICATURE = "a caricature of a generation, a sex or a way of life; say what these people do instead"
_INVENTED = "it reads like one invented person; say what the members of the group have in common"
_TITLE = "a job title alone; not all who hold it need the same, so say in which situation"
_NOBODY_OUT = "it excludes nobody; say what sets these people apart from their neighbours"
_TASTE = "a detail of taste, looks or private life that no need depends on"

_LIFE = re.compile(
    r"\b(?:(?:he|she)(?:'s)? (?:is|has|was|loves|likes|hates|lives|works|drives|wants|enjoys|spends|wakes|dreams|prefers"
    r"|never|always)"
    r"|(?:his|her) (?:wife|husband|kids|children|dog|cat|car|morning|boss|hobb|free time|weekends?|thirties|forties"
    r"|fifties))",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:\d\d[- ]year[- ]old\b(?!s)|aged? \d\d\b(?! ?[-\u2013+]| (?:to|and|or)\b)|in (?:his|her) (?:\d\ds|\w+ties))",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"\b([A-Z])[a-z]+ \1[a-z]+\b")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|John Doe|Jane Doe|Joe Bloggs)\b\.?")
_NOBODY = re.compile(r"\b(?:John|Jane) Doe\b|\bJoe Bloggs\b")
_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "hers"})
_RELATIVES = frozenset({"who", "that", "whose", "where", "with"})
_LINKS = frozenset({"a", "an", "the", "and", "or", "all", "who", "are", "those", "any", "every"})
_SITUATED = frozenset({"who", "with", "in", "at", "without"})
_LONG_TITLE = 4


def persona(text: str) -> Giveaway | None:
    """Find one invented person: a name standing for users, a biography, one person's age."""
    if invented := matched(text, _NOBODY, _NAMED):
        return invented
    found = tokens(text)
    if not _smells(text, found):
        return None
    told = _rule(text, found)
    if told is not None or listed(text, found, "stereotype", _CARICATURE) is not None:
        return told
    return at(text, *loudest(text, "persona"), _INVENTED)


def stereotype(text: str) -> Giveaway | None:
    """Find a caricature of a generation, a sex or a way of life."""
    found = tokens(text)
    caricature = listed(text, found, "stereotype", _CARICATURE)
    return caricature if caricature is not None and _smells(text, found) else None


def occupation_only(text: str) -> Giveaway | None:
    """Find a definition that is a job title and nothing else: "Business owners", "CTO"."""
    found = tokens(text)
    content = [token for token in found if token.lower not in _LINKS]
    if not content or len(content) > _LONG_TITLE or content[-1].stem not in _titles():
        return None
    if any(token.lower in _SITUATED for token in found[1:]):
        return None
    return at(text, content[0].start, content[-1].end, _TITLE)


def everyone(text: str) -> Giveaway | None:
    """Find a definition that excludes nobody: "All our customers", "Businesses of any size"."""
    found = tokens(text)
    if said := listed(text, found, "everyone", _NOBODY_OUT):
        return said
    marks = classes([token.lower for token in found])
    if not found or any(mark.kind in {LEFT, NUMBER} for mark in marks):
        return None
    return at(text, found[0].start, found[-1].end, _NOBODY_OUT)


def useless_detail(text: str) -> Giveaway | None:
    """Find a detail of taste, looks or private life."""
    return listed(text, tokens(text), "taste", _TASTE)


def signs(text: str) -> tuple[bool, ...]:
    """Return what the rules see in a text; the trained judge of persons weighs it with the words."""
    return _signs(text, tokens(text))


def _signs(text: str, found: tuple[Token, ...]) -> tuple[bool, ...]:
    lowered = [token.lower for token in found]
    rules = (_TITLED.search(text), _LIFE.search(text), _YEARS.search(text), _named_person(text, found))
    titled, life, years, named = (rule is not None for rule in rules)
    return (
        titled or life or years or named,
        listed(text, found, "stereotype", _CARICATURE) is not None,
        listed(text, found, "taste", _TASTE) is not None,
        life,
        years,
        _NICKNAME.search(text) is not None,
        titled,
        named,
        not _first_names().isdisjoint(lowered),
        not _PRONOUNS.isdisjoint(lowered),
        lowered[:1] in (["a"], ["an"]),
        not _RELATIVES.isdisjoint(lowered),
        bool(lowered) and lowered[0].endswith("s"),
    )


SIGNS = 13
"""How many signs there are."""


def _smells(text: str, found: tuple[Token, ...]) -> bool:
    return smells(text, "persona", _signs(text, found))


def _rule(text: str, found: tuple[Token, ...]) -> Giveaway | None:
    return (
        matched(text, _TITLED, _NAMED)
        or matched(text, _LIFE, _BIOGRAPHY)
        or matched(text, _YEARS, _AGE)
        or _named_person(text, found)
    )


def _named_person(text: str, found: tuple[Token, ...]) -> Giveaway | None:
    for place, token in enumerate(found):
        if token.lower in _first_names() and token.text.istitle() and _lives(text, found, place):
            return at(text, token.start, token.end, _NAMED)
    return None


def _lives(text: str, found: tuple[Token, ...], place: int) -> bool:
    """Say whether a name is used as a person's: first and followed by a life, or beside a word with its initial."""
    if place:
        before = found[place - 1].text
        return before.istitle() and before[0] == found[place].text[0]
    following = found[1:2]
    return bool(following) and (text[found[0].end] == "," or following[0].text.islower())


@cache
def _titles() -> frozenset[str]:
    return frozenset(stem(lowered_words(line)[-1]) for line in entries("occupations"))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(entries("first_names"))

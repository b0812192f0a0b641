"""Does a definition talk about one invented person, a caricature or a job title, rather than about a group?"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from microseg.record import NamedTuple, made
from microseg.words.features import MOST_CHARACTERS
from microseg.words.giveaway import Giveaway, at, listed, matched
from microseg.words.learnt import loudest, may_smell_of_person, smells_of_person
from microseg.words.lexicon import are_told, lines_of, phrases_of, set_of
from microseg.words.look import sight_of
from microseg.words.shape import field
from microseg.words.tokens import Token, lowered_words, stem, token_words, tokens

_NAMED = "a personal name stands for the group; say what its members share"
_BIOGRAPHY = "one person's life is told; say what the members of the group have in common"
_AGE = "one person's age; a band counts only where the product treats it differently"
_CARICATURE = "a caricature of a generation, a sex or a way of life; say what these people do instead"
_INVENTED = "it reads like one invented person; say what the members of the group have in common"
_TITLE = "a job title alone; not all who hold it need the same, so say in which situation"
_TASTE = "a detail of taste, looks or private life that no need depends on"

# Patterns are prepared only for a text that holds one of their words.
_LIFE = (
    r"\b(?:(?:he|she)(?:'s)? (?:is|has|was|loves|likes|hates|lives|works|drives|wants|enjoys|spends|wakes|dreams|prefers"
    r"|never|always)"
    r"|(?:his|her) (?:wife|husband|kids|children|dog|cat|car|morning|boss|hobb|free time|weekends?|thirties|forties"
    r"|fifties))"
)
_YEARS = (
    r"\b(?:\d\d[- ]year[- ]old\b(?!s)|aged? \d\d\b(?! ?[-\u2013+]| (?:to|and|or)\b)|in (?:his|her) (?:\d\ds|\w+ties))"
)
_NICKNAME = r"\b([A-Z])[a-z]+ \1[a-z]+\b"
_TITLED = r"\b(?:Mr|Mrs|Ms|John Doe|Jane Doe|Joe Bloggs)\b\.?"
_NOBODY = r"\b(?:John|Jane) Doe\b|\bJoe Bloggs\b"
_TITLES = frozenset({"mr", "mrs", "ms", "doe", "bloggs"})
_PRONOUNS = frozenset({"he", "she", "his", "her", "him", "hers"})
_LIVES = _PRONOUNS | {"he's", "she's"}
_RELATIVES = frozenset({"who", "that", "whose", "where", "with"})
_LINKS = frozenset({"a", "an", "the", "and", "or", "all", "who", "are", "those", "any", "every"})
_SITUATED = frozenset({"who", "with", "in", "at", "without"})
_LISTS = MappingProxyType({"stereotype": _CARICATURE, "taste": _TASTE})
_LONG_TITLE = 4
_SHORT_NAME = 4
_MEMO = 1 << 9  # several rules ask about the texts of one segment
_NUMBERS = field("numbers")


class Portrait(NamedTuple):
    """What a text about the members of a segment gives away; the same wherever it stands.

    `person`: one invented person. `caricature`: of a generation, a sex or a way of life. `title`: a job title and
    nothing else. `taste`: a detail of taste, looks or private life. Each is None where there is no such thing.
    """

    person: Giveaway | None
    caricature: Giveaway | None
    title: Giveaway | None
    taste: Giveaway | None


@lru_cache(maxsize=_MEMO)
def portray(text: str) -> Portrait:
    """Look at a text about the members of a segment, once for all rules."""
    _, words, stems, total = sight_of(text[:MOST_CHARACTERS])
    marks = _marks().intersection(words)
    told = _told(text, marks, numbered=total & _NUMBERS > 0)
    lists = caricature, taste = _NEITHER if _listed().isdisjoint(stems) else _in_lists(text, stems)
    if not any(told) and lists is _NEITHER and not may_smell_of_person(total, len(words), _UNTOLD):
        return made(Portrait, (None, None, _title(text, words), None))
    smelly = smells_of_person(total, len(words), _signs(text, words, marks, told, lists))
    return made(
        Portrait,
        (
            told.nobody or (_person(text, told, caricature) if smelly else None),
            caricature if smelly else None,
            _title(text, words),
            taste,
        ),
    )


def persona(text: str) -> Giveaway | None:
    """Find one invented person: a name standing for users, a biography, one person's age."""
    return portray(text).person


def stereotype(text: str) -> Giveaway | None:
    """Find a caricature of a generation, a sex or a way of life."""
    return portray(text).caricature


def occupation_only(text: str) -> Giveaway | None:
    """Find a definition that is a job title and nothing else: "Business owners", "CTO"."""
    return portray(text).title


def useless_detail(text: str) -> Giveaway | None:
    """Find a detail of taste, looks or private life."""
    return portray(text).taste


def signs(text: str) -> tuple[bool, ...]:
    """Return what the rules see in a text; the trained judge of persons weighs it with the words."""
    words = tuple(lowered_words(text))
    marks = _marks().intersection(words)
    told = _told(text, marks, numbered=any(word[0].isdigit() for word in words))
    return _signs(text, words, marks, told, _in_lists(text, tuple(map(stem, words))))


SIGNS = 13
"""How many signs there are."""
_UNTOLD = (*[False] * 5, True, False, False, *[True] * 5)  # the signs that may hold where nothing is told or listed


class _Told(NamedTuple):
    """What says that one person is told of: each a place in the text, or None."""

    nobody: Giveaway | None
    titled: Giveaway | None
    life: Giveaway | None
    years: Giveaway | None
    named: Giveaway | None


_NOTHING = _Told(None, None, None, None, None)
_NEITHER = (None, None)


def _told(text: str, marks: AbstractSet[str], *, numbered: bool) -> _Told:
    """Look for what says that one person is told of; `marks`: the words that may say so, `numbered`: there is a number."""
    if not (marks or numbered):
        return _NOTHING
    is_titled, is_life = not _TITLES.isdisjoint(marks), not _LIVES.isdisjoint(marks)
    is_named = not set_of("first_names").isdisjoint(marks)
    is_aged = is_life or (numbered and _may_tell_age(text))
    if not (is_titled or is_life or is_named or is_aged):
        return _NOTHING
    return _Told(
        matched(text, _NOBODY, _NAMED) if is_titled else None,
        matched(text, _TITLED, _NAMED) if is_titled else None,
        matched(text, _LIFE, _BIOGRAPHY, folded=True) if is_life else None,
        matched(text, _YEARS, _AGE, folded=True) if is_aged else None,
        _named_person(text, tokens(text)) if is_named else None,
    )


def _may_tell_age(text: str) -> bool:
    """Say whether `_YEARS` may fit: quicker than to see where."""
    lowered = text.lower()
    return "year" in lowered or "age" in lowered or "in h" in lowered or not text.isascii()


def _in_lists(text: str, stems: Sequence[str]) -> tuple[Giveaway | None, Giveaway | None]:
    """Return the caricature and the taste that a text tells, if their first words are among its stems."""
    if text.isascii() and len(text) <= MOST_CHARACTERS and not are_told(stems, lines_of(*_LISTS)):
        return _NEITHER
    found = tokens(text)
    told = [listed(text, found, name, reason) if not phrases_of(name).keys().isdisjoint(stems) else None for name, reason in _LISTS.items()]
    return (told[0], told[1]) if any(told) else _NEITHER


@cache
def _listed() -> frozenset[str]:
    """Return the stems that a caricature or a taste may begin with."""
    return frozenset().union(*map(phrases_of, _LISTS))


@cache
def _marks() -> frozenset[str]:
    """Return the words that say something about persons by themselves."""
    return frozenset((*_TITLES, *_LIVES, *_RELATIVES, *set_of("first_names")))


def _signs(text: str, words: tuple[str, ...], marks: AbstractSet[str], told: _Told, lists: tuple[Giveaway | None, Giveaway | None]) -> tuple[bool, ...]:
    _, titled, life, years, named = [place is not None for place in told]
    caricature, taste = lists
    return (
        titled or life or years or named,
        caricature is not None,
        taste is not None,
        life,
        years,
        _is_nickname(text),
        titled,
        named,
        not set_of("first_names").isdisjoint(marks),
        not _PRONOUNS.isdisjoint(marks),
        words[:1] in (("a",), ("an",)),
        not _RELATIVES.isdisjoint(marks),
        bool(words) and words[0].endswith("s"),
    )


def _is_nickname(text: str) -> bool:
    """Say whether two words in a row begin with the same capital letter: "Trainer Tina"."""
    if text[1:].islower():
        return False
    if not any(second[0].isupper() and second[0] in first for first, second in pairwise(text.split())):
        return False
    return matched(text, _NICKNAME, "") is not None


def _person(text: str, told: _Told, caricature: Giveaway | None) -> Giveaway | None:
    rule = told.titled or told.life or told.years or told.named
    if rule is not None or caricature is not None or _names_many(text):
        return rule
    return at(text, *loudest(text, token_words(text[:MOST_CHARACTERS]), "persona"), _INVENTED)


def _names_many(text: str) -> bool:
    """Say whether it is a short plural and no nickname: "Subject matter experts" has too few words to weigh."""
    words = lowered_words(text)
    return 0 < len(words) <= _SHORT_NAME and words[-1].endswith("s") and not words[-1].endswith("ss") and not _is_nickname(text)


def _named_person(text: str, found: tuple[Token, ...]) -> Giveaway | None:
    for place, token in enumerate(found):
        if token.lower in set_of("first_names") and token.text.istitle() and _lives(text, found, place):
            return at(text, token.start, token.end, _NAMED)
    return None


def _lives(text: str, found: tuple[Token, ...], place: int) -> bool:
    """Say whether a name is used as a person's: first and followed by a life, or beside a word with its initial."""
    if place:
        before = found[place - 1].text
        return before.istitle() and before[0] == found[place].text[0]
    following = found[1:2]
    return bool(following) and (text[found[0].end] == "," or following[0].text.islower())


def _title(text: str, words: Sequence[str]) -> Giveaway | None:
    last = next((word for word in reversed(words) if word not in _LINKS), None)
    if last is None or stem(last) not in set_of("titles") or not _SITUATED.isdisjoint(words[1:]):
        return None
    if len([word for word in words if word not in _LINKS]) > _LONG_TITLE:
        return None
    found = [token for token in tokens(text) if token.lower not in _LINKS]
    return at(text, found[0].start, found[-1].end, _TITLE)

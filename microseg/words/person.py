"""Does a definition talk about one invented person, a caricature or a job title, rather than about a group?"""

from functools import lru_cache
from itertools import pairwise

from microseg.record import NamedTuple
from microseg.words.features import MOST_CHARACTERS
from microseg.words.giveaway import Giveaway, at, listed, matched, may_be_listed
from microseg.words.language import is_english, may_be_foreign
from microseg.words.learnt import loudest, smells
from microseg.words.lexicon import set_of
from microseg.words.tokens import Token, lowered_words, stem, tokens

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
_LONG_TITLE = 4
_SHORT_NAME = 4
_MEMO = 1 << 14


class Portrait(NamedTuple):
    """What a text about the members of a segment gives away; the same wherever it stands.

    `person`: one invented person. `caricature`: of a generation, a sex or a way of life. `title`: a job title and
    nothing else. `taste`: a detail of taste, looks or private life. Each is None where there is no such thing.
    """

    english: bool
    person: Giveaway | None
    caricature: Giveaway | None
    title: Giveaway | None
    taste: Giveaway | None


@lru_cache(maxsize=_MEMO)
def portray(text: str) -> Portrait:
    """Look at a text about the members of a segment, once for all rules."""
    words = lowered_words(text[:MOST_CHARACTERS])
    stems = set(map(stem, words))
    caricature = listed(text, tokens(text), "stereotype", _CARICATURE) if may_be_listed(stems, "stereotype") else None
    taste = listed(text, tokens(text), "taste", _TASTE) if may_be_listed(stems, "taste") else None
    told = _told(text, words)
    smelly = smells(words, "persona", _signs(text, words, told, (caricature, taste)))
    return Portrait(
        not any(map(may_be_foreign, words)) or is_english(text),
        told.nobody or (_person(text, told, caricature) if smelly else None),
        caricature if smelly else None,
        _title(text, words),
        taste,
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
    words, found = lowered_words(text), tokens(text)
    return _signs(text, words, _told(text, words), (listed(text, found, "stereotype", ""), listed(text, found, "taste", "")))


SIGNS = 13
"""How many signs there are."""


class _Told(NamedTuple):
    """What says that one person is told of: each a place in the text, or None."""

    nobody: Giveaway | None
    titled: Giveaway | None
    life: Giveaway | None
    years: Giveaway | None
    named: Giveaway | None


def _told(text: str, words: list[str]) -> _Told:
    is_titled, is_life = not _TITLES.isdisjoint(words), not _LIVES.isdisjoint(words)
    has_years = is_life or any(word[0].isdigit() for word in words)
    return _Told(
        matched(text, _NOBODY, _NAMED) if is_titled else None,
        matched(text, _TITLED, _NAMED) if is_titled else None,
        matched(text, _LIFE, _BIOGRAPHY, folded=True) if is_life else None,
        matched(text, _YEARS, _AGE, folded=True) if has_years else None,
        None if set_of("first_names").isdisjoint(words) else _named_person(text, tokens(text)),
    )


def _signs(text: str, words: list[str], told: _Told, lists: tuple[Giveaway | None, Giveaway | None]) -> tuple[bool, ...]:
    titled, life, years, named = (rule is not None for rule in told[1:])
    return (
        titled or life or years or named,
        lists[0] is not None,
        lists[1] is not None,
        life,
        years,
        _is_nickname(text),
        titled,
        named,
        not set_of("first_names").isdisjoint(words),
        not _PRONOUNS.isdisjoint(words),
        words[:1] in (["a"], ["an"]),
        not _RELATIVES.isdisjoint(words),
        bool(words) and words[0].endswith("s"),
    )


def _is_nickname(text: str) -> bool:
    """Say whether two words in a row begin with the same capital letter: "Trainer Tina"."""
    if not any(second[0].isupper() and second[0] in first for first, second in pairwise(text.split())):
        return False
    return matched(text, _NICKNAME, "") is not None


def _person(text: str, told: _Told, caricature: Giveaway | None) -> Giveaway | None:
    rule = told.titled or told.life or told.years or told.named
    if rule is not None or caricature is not None or _names_many(text):
        return rule
    return at(text, *loudest(text, "persona"), _INVENTED)


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


def _title(text: str, words: list[str]) -> Giveaway | None:
    content = [word for word in words if word not in _LINKS]
    if not content or len(content) > _LONG_TITLE or stem(content[-1]) not in set_of("titles"):
        return None
    if not _SITUATED.isdisjoint(words[1:]):
        return None
    found = [token for token in tokens(text) if token.lower not in _LINKS]
    return at(text, found[0].start, found[-1].end, _TITLE)

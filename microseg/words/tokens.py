"""How a statement is cut into words, and when two words count as the same one.

The judge, the search, the test for duplicates and the test for keywords all cut and compare with what is here,
so that they never disagree.
"""

import re
from functools import cache
from itertools import chain, islice

from microseg.record import NamedTuple, made
from microseg.words.lexicon import mapping_of, stop_words
from microseg.words.memo import remembered

# A number with its points and per cent sign; a word with its apostrophes.
_PLAIN = r"\d+(?:[.,:/]\d+)*%?(?![^\W_])|[^\W_]+(?:['\u2019][^\W_]+)*"
# One sign of a script written without spaces. Kept apart, since so large a set of signs is slow to prepare.
_SIGN = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_PUNCTUATION = '.,;:!?()"-'
_VOWELS = frozenset("aeiouy")
_DOUBLED = frozenset("bdgmnprt")


class Token(NamedTuple):
    """One word of a text: as written, in lower case, and where it stands (character offsets)."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """What its inflections share."""
        return stem(self.lower)


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into its words and numbers; punctuation is dropped, hyphens part words."""
    matches = _pattern(plain=text.isascii()).finditer(text)
    return tuple([made(Token, (word := match.group(), word.lower().replace("\u2019", "'"), *match.span())) for match in matches])


def written_words(text: str) -> list[str]:
    """Return the words of a text as written, without the places."""
    return _pattern(plain=text.isascii()).findall(text)


def token_words(text: str) -> list[str]:
    """Return the words of `tokens` in lower case, without making them."""
    if text.isascii():  # then lower case changes no word's length
        return written_words(text.lower())
    return [word.lower().replace("\u2019", "'") for word in written_words(text)]


def token_span(text: str, number: int) -> tuple[int, int]:
    """Return where one of these words stands, by its number (character offsets)."""
    return next(islice(_pattern(plain=text.isascii()).finditer(text), number, None)).span()


def lowered_words(text: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes: what `tokens` gives, without the places."""
    return list(chain.from_iterable(map(cut, text.split())))


def cut_up(piece: str) -> tuple[str, ...]:
    """Return the words, in lower case, of what stands between two spaces; nothing is remembered of it."""
    lowered = piece.lower()
    if lowered.isascii():
        bare = lowered.strip(_PUNCTUATION)
        if bare.isalpha():
            return (bare,)
        return tuple(_pattern(plain=True).findall(bare))
    return tuple(_pattern(plain=False).findall(lowered.replace("\u2019", "'")))


cut = remembered(cut_up)
"""The same, remembered."""


def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry content, in order: function words are dropped."""
    return tuple(chain.from_iterable(map(_content, text.split())))


@remembered
def _content(piece: str) -> tuple[str, ...]:
    """Return the stems that carry content of what stands between two spaces."""
    return tuple(filter(None, map(content_stem, cut(piece))))


def stem_line(text: str) -> str:
    """Return all stems of a text in one line, a space before and after each: a phrase is in it or is not."""
    return f" {' '.join(map(stem, lowered_words(text)))} "


def content_stem(lower: str) -> str:
    """Return the stem of a word in lower case, or nothing when it is a function word."""
    return "" if lower in stop_words() else stem(lower)


def stem_of(word: str) -> str:
    """Return what the inflections of an English word share: "schedules", "scheduled", "scheduling" give "schedul".

    Inflection only: "trainer" and "training" stay two words. A word of another script comes back in lower case. Nothing is
    remembered of it.
    """
    word = word.lower().replace("\u2019", "'").removesuffix("'s").removesuffix("'")
    if irregular := mapping_of("irregular").get(word):
        return irregular
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    return without_final_e(_without_past(_without_plural(word)))


stem = remembered(stem_of)
"""The same, remembered."""


@cache
def _pattern(*, plain: bool) -> re.Pattern[str]:
    return re.compile(_PLAIN if plain else f"{_SIGN}|{_PLAIN}")


def _without_plural(word: str) -> str:
    if not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def _without_past(word: str) -> str:
    if word.endswith("eed"):  # "exceed", "succeed": no past form
        return word
    for ending in ("ied", "ing", "ed"):
        if word.endswith(ending):
            body = word[: -len(ending)]
            if ending == "ied":
                return body + "y"
            return _undoubled(body) if len(body) > 1 and _VOWELS & set(body) else word
    return word


def _undoubled(body: str) -> str:
    if len(body) > 3 and body[-1] == body[-2] and body[-1] in _DOUBLED:
        return body[:-1]
    return body


def without_final_e(word: str) -> str:
    """Return a word as `stem` ends it: "schedule" and "schedules" share all but the e."""
    return word[:-1] if len(word) > 3 and word.endswith("e") and word[-2] not in "aeo" else word

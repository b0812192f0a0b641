"""Is a text English? Others are left unjudged; nothing is guessed.

A text is held to be English until its script or its words say otherwise: "Gamification" is not worth a doubt.
"""

from microseg.words.lexicon import set_of, stop_words
from microseg.words.tokens import written_words

_ENDINGS = ("ungen", "keit", "heit", "schaft", "lich", "ción", "ciones", "ção", "ções", "zione", "zioni", "mente")
_OTHERS_SHARE = 0.3  # of the letters; a name in another script inside an English sentence stays below
_LATIN_END = "\u0250"
_PROOF = 2  # foreign words that settle it; in a text of up to three words one is enough
_SHORT = 3
_LONG_WORD = 6


def is_english(text: str) -> bool:
    """Say whether a text may be judged by English words; short texts are English unless something speaks against it."""
    if text.isascii():
        return not _speaks_another(text)
    letters = [character for character in text if character.isalpha()]
    others = sum(character >= _LATIN_END for character in letters)
    return others <= _OTHERS_SHARE * len(letters) and not _speaks_another(text)


def is_plainly_english(text: str, grammar: int, foreign: int) -> bool:
    """Say whether it is seen at once that a text is English; else `is_english` must tell.

    `grammar`: how many of its words carry English grammar, `foreign`: how many may be of another language. Within a text without
    capitals there is no name to be left out of the count.
    """
    return foreign <= grammar and text.isascii() and text[1:].islower()


def _speaks_another(text: str) -> bool:
    words = written_words(text)
    lowered = [word.lower() for number, word in enumerate(words) if number == 0 or not word.istitle()]
    foreign = sum(map(_is_foreign, lowered))
    if not foreign:
        return False
    english = sum(map(stop_words().__contains__, lowered))
    if not english:
        shared = sum(map(set_of("foreign_shared").__contains__, lowered))
        return foreign + shared >= _PROOF or len(words) <= _SHORT
    return foreign > english and foreign >= _PROOF


def may_be_foreign(word: str) -> bool:
    """Say whether a word in lower case is one that another language or script has; a text without one is English."""
    return _is_foreign(word) or (not word.isascii() and max(word) >= _LATIN_END)


def _is_foreign(word: str) -> bool:
    return word in set_of("foreign") or (len(word) > _LONG_WORD and word.endswith(_ENDINGS))

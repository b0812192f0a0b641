"""A piece of a statement as the judges see it, worked out once: mostly one word, else the words of a compound."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter

from microseg.record import NamedTuple, made
from microseg.words.features import check_sum, pair_parts
from microseg.words.language import may_be_foreign
from microseg.words.lexicon import FAMILIES, set_of
from microseg.words.memo import Memo, remembered
from microseg.words.shape import CLASS_FLAG, COUNTED, FAMILY, FLAG, MAY_WISH, class_of, family_of, field, wishes
from microseg.words.tokens import cut_up, stem_of
from microseg.words.vocabulary import FUNCTION, LEFT, NEGATIONS, Mark, class_of_stem, phrases, phrases_in, tell_phrases
from microseg.words.weights import PAIR_UNITS, ZERO, weights, word_weights

_BITS = 28  # of a weight, summed packed with the others and the counts: one addition a word
_LOW = (1 << _BITS) - 1
_HALF = 1 << (_BITS - 1)
_SHIFTS = range(COUNTED, COUNTED + 5 * _BITS, _BITS)
_OWED, _TILT, _CURE, _VAGUE, _PERSON = _SHIFTS
_ZERO = sum([_HALF << shift for shift in _SHIFTS])
COUNTS = (1 << COUNTED) - 1
"""The bits of a sum of numbers that are counts."""


class Seen(NamedTuple):
    """What stands between two spaces, in numbers that are summed up over a statement.

    `numbers`: the counts (see `FLAG`), and above them what it is worth to each judge: `packed`, in units. `first`: the class
    of its first word, whether a wish may begin with it, and the family that claims it. `opening`: its last word as the first
    of a pair, `closing`: its first word as the second. `stems`: those of its words. `content`: the stem
    of its one word, empty for a function word; None where more is to be looked at: it denies, is a number, or is several words.
    `lower`: its words in lower case. `parts`: the words of a compound, each by itself; empty for one word.
    """

    numbers: int
    first: int
    opening: int
    closing: int
    stems: str
    content: str | None
    lower: str
    parts: tuple["Seen", ...]


@cache
def looks() -> Memo[str, Seen | None]:
    """Return what is seen of each piece; asked for one that is new, it looks. None where there is no word in it."""
    return Memo(_piece)


def seen_in(text: str) -> tuple[Seen, ...]:
    """Return the pieces of a text in which there are words."""
    return tuple(filter(None, map(looks().__getitem__, text.split())))


class Sight(NamedTuple):
    """What is seen of a whole text: its pieces, its words in lower case and their stems, compounds cut up, and the sum of the numbers."""

    pieces: tuple[Seen, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: int


_NOTHING = Sight((), (), (), 0)
_MOST_SIGHTS = 1 << 8  # several rules ask about the texts of one segment


@lru_cache(maxsize=_MOST_SIGHTS)
def sight_of(text: str) -> Sight:
    """Look over a text, once for all who ask about its words."""
    pieces = seen_in(text)
    if not pieces:
        return _NOTHING
    numbers, _, _, _, stems, _, words, parts = zip(*pieces)  # noqa: B905 - all of one length: to say so takes a fifth of its time
    if any(parts):
        words, stems = tuple(" ".join(words).split(" ")), tuple(" ".join(stems).split(" "))
    return made(Sight, (pieces, words, stems, sum(numbers)))


def words_in(text: str) -> Sequence[Seen]:
    """Return the words of a text, each by itself and as what it is taken for where a quality is told in several words."""
    pieces, _, stems, numbers = sight_of(text)
    words = pieces if len(pieces) == len(stems) else words_of(pieces)
    return with_phrases(words, stems) if numbers & _KEYS and tell_phrases(stems) else words


_KEYS = field("keys")


def content_in(texts: Iterable[str]) -> set[str]:
    """Return the stems of the words of texts that carry content: those of `content_stems`, for texts whose words are looked at anyway."""
    pieces = seen_in(" ".join(texts))
    found = set(map(_CONTENT, pieces))
    if None in found:
        closer = words_of([piece for piece in pieces if piece.content is None])
        found.update([word.stems for word in closer if class_of(word.first) != FUNCTION])
    return {stem for stem in found if stem}


_CONTENT = attrgetter("content")


def packed(weights: tuple[int, int, int, int, int]) -> int:
    """Return the weights for `WORD_JUDGES` as one number; a sum of such numbers holds the sums."""
    owed, tilt, cure, vague, person = weights
    return (owed << _OWED) + (tilt << _TILT) + (cure << _CURE) + (vague << _VAGUE) + (person << _PERSON)


def apart(numbers: int) -> tuple[int, int, int, int]:
    """Return the weights of a sum of packed ones for the judges of statements: owed, tilt, cure, vague."""
    raised = numbers + _ZERO
    return (raised >> _OWED & _LOW) - _HALF, (raised >> _TILT & _LOW) - _HALF, (raised >> _CURE & _LOW) - _HALF, (raised >> _VAGUE & _LOW) - _HALF


def owed_and_tilt(numbers: int) -> tuple[int, int]:
    """Return the first two of these weights."""
    raised = numbers + _ZERO
    return (raised >> _OWED & _LOW) - _HALF, (raised >> _TILT & _LOW) - _HALF


def weight_in(numbers: int, place: int) -> int:
    """Return the weight of a sum of packed ones for one of `WORD_JUDGES`, by its place among them."""
    return (numbers + _ZERO >> _SHIFTS[place] & _LOW) - _HALF


def weights_of(words: Iterable[str], place: int) -> list[int]:
    """Return the weight of each word in lower case for one of `WORD_JUDGES`, by its place among them."""
    shift = _SHIFTS[place]
    return [(look_at(word).numbers + _ZERO >> shift & _LOW) - _HALF for word in words]  # as `weight_in`, without its calls


def with_phrases(words: Iterable[Seen], stems: tuple[str, ...]) -> tuple[Seen, ...]:
    """Look again at the words of a statement in which a quality is told in several; `stems`: those of all words."""
    again = list(words)
    for start, end, mark in phrases_in(stems):
        again[start:end] = [_claimed((word, mark)) for word in again[start:end]]
    return tuple(again)


def _piece(piece: str) -> Seen | None:
    words = cut_up(piece)
    if len(words) == 1:
        return look_at(words[0]) if words[0] != piece else _look(piece)
    if not words:
        return None
    seen = tuple(map(look_at, words))
    pairs = sum([weights("mer").pairs[one.opening + two.closing] - ZERO for one, two in pairwise(seen)])
    numbers = sum([one.numbers for one in seen]) + (PAIR_UNITS * pairs << _OWED) + FLAG["compounds"]
    stems = " ".join([one.stems for one in seen])
    return made(Seen, (numbers, seen[0].first, seen[-1].opening, seen[0].closing, stems, None, " ".join(words), seen))


def look_at(word: str) -> Seen:
    """Look at one word in lower case; it is the same one in "crane", "Crane" and "crane,"."""
    found = looks()[word]
    return found if found is not None and found.lower == word else _look(word)


def words_of(pieces: Sequence[Seen]) -> list[Seen]:
    """Return the words of a statement, each by itself."""
    if not any(map(_PARTS, pieces)):
        return list(pieces)
    return [word for piece in pieces for word in piece.parts or (piece,)]


_PARTS = attrgetter("parts")


def is_left(word: Seen) -> bool:
    """Say whether one word is left over."""
    return word.first % MAY_WISH == LEFT


def _look(word: str) -> Seen:
    number, stemmed = check_sum(word), stem_of(word)
    mark = class_of_stem(word, stemmed)
    counts = _ONE + CLASS_FLAG[mark.kind] + _KEY * (stemmed in phrases()) + _FOREIGN * may_be_foreign(word) + _signs().get(word, 0)
    weighed = packed(word_weights(word, number, left=mark.kind == LEFT))
    first = mark.kind + _family_number(mark) + MAY_WISH * (word in wishes())
    opening, closing = pair_parts(number)
    stemmed = word if stemmed == word else stemmed  # one string to fetch instead of two
    content = None if word in NEGATIONS or stemmed[:1].isdigit() else "" if mark.kind == FUNCTION else stemmed
    return made(Seen, (counts + weighed, first, opening, closing, stemmed, content, word, ()))


_ONE, _KEY, _FOREIGN = FLAG["words"], FLAG["keys"], FLAG["foreign"]


@remembered
def _claimed(known: tuple[Seen, Mark]) -> Seen:
    """Return a word that is taken for one of a quality told in several, by the mark of that quality."""
    word, mark = known
    kind = class_of(word.first)
    first = word.first + mark.kind - kind + _family_number(mark) - FAMILY * family_of(word.first)
    return made(Seen, (word.numbers + CLASS_FLAG[mark.kind] - CLASS_FLAG[kind], first, *word[2:]))


def _family_number(mark: Mark) -> int:
    return FAMILY * (_FAMILIES.index(mark.family) + 1) if mark.family else 0


_FAMILIES = tuple(FAMILIES)


@cache
def _signs() -> dict[str, int]:
    """Return the words that are signs of anything, each with its flags."""
    found: dict[str, int] = {}
    for name in ("situation", "haze"):
        for word in set_of(name):
            found[word] = found.get(word, 0) + FLAG[name]
    return found

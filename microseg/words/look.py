"""A piece of a statement as the judges see it, worked out once: mostly one word, else the words of a compound."""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from microseg.record import NamedTuple
from microseg.words.features import check_sum, pair_parts
from microseg.words.language import may_be_foreign
from microseg.words.lexicon import FAMILIES, set_of
from microseg.words.shape import CLASS_FLAG, FAMILY, FLAG, MAY_WISH, family_of, first_of, wishes
from microseg.words.tokens import cut, stem
from microseg.words.vocabulary import LEFT, Mark, phrases, phrases_in, word_class
from microseg.words.weights import PAIR_UNITS, STATEMENT_JUDGES, ZERO, Weights, known_place, letter_steps, weights

_MOST = 1 << 16
_BITS = 32  # of a weight, summed packed with three others: one addition a word
_LOW = (1 << _BITS) - 1
_ZERO = sum(1 << (_BITS * place + _BITS - 1) for place in range(4))


class Seen(NamedTuple):
    """What stands between two spaces, in numbers that are summed up over a statement (weights in units)."""

    weights: int  # for "every product owes it", how much more in a pain, for a cure, for a vague statement: `packed`
    flags: int
    opening: int  # the last word as the first of a pair
    closing: int  # the first word as the second of a pair
    stems: str
    parts: tuple["Seen", ...]  # the words of a compound, each by itself; empty for one word


class _Looks(dict[str, Seen | None]):
    """Pieces that were looked at before. Emptied when it grows large, which only costs time."""

    def __missing__(self, piece: str) -> Seen | None:
        if len(self) >= _MOST:
            self.clear()
        found = self[piece] = _piece(piece)
        return found


@cache
def looks() -> _Looks:
    """Return what is seen of each piece; asked for one that is new, it looks. None where there is no word in it."""
    return _Looks()


def packed(owed: int, tilt: int, cure: int, vague: int) -> int:
    """Return four weights as one number; a sum of such numbers holds the four sums."""
    return owed + (tilt << _BITS) + (cure << (2 * _BITS)) + (vague << (3 * _BITS))


def apart(numbers: int) -> tuple[int, int, int, int]:
    """Return the four weights of a sum of packed ones: owed, tilt, cure, vague."""
    raised = numbers + _ZERO
    return (
        (raised & _LOW) - _HALF,
        (raised >> _BITS & _LOW) - _HALF,
        (raised >> 2 * _BITS & _LOW) - _HALF,
        (raised >> 3 * _BITS) - _HALF,
    )


_HALF = 1 << (_BITS - 1)


def with_phrases(pieces: tuple[Seen, ...], stems: tuple[str, ...]) -> tuple[Seen, ...] | None:
    """Look again at a statement with a word that may be of a quality told in several; None when no such quality is told.

    `stems`: those of all words.
    """
    told = phrases_in(stems)
    if not told:
        return None
    words = words_of(pieces)
    for start, end, mark in told:
        words[start:end] = [Seen(word.weights, _claimed(word.flags, mark), *word[2:]) for word in words[start:end]]
    return tuple(words)


def _piece(piece: str) -> Seen | None:
    words = cut(piece)
    if len(words) == 1:
        return _word(words[0])
    if not words:
        return None
    seen = [_word(word) for word in words]
    pairs = sum([weights("mer").pairs[one.opening + two.closing] - ZERO for one, two in pairwise(seen)])
    rest = sum([one.flags & (FLAG["first"] - 1) for one in seen[1:]])
    return Seen(
        sum([one.weights for one in seen]) + PAIR_UNITS * pairs,
        seen[0].flags + rest + FLAG["compounds"],
        seen[-1].opening,
        seen[0].closing,
        " ".join([one.stems for one in seen]),
        tuple(seen),
    )


def words_of(pieces: Iterable[Seen]) -> list[Seen]:
    """Return the words of a statement, each by itself."""
    return [word for piece in pieces for word in piece.parts or (piece,)]


def is_left(word: Seen) -> bool:
    """Say whether one word is left over."""
    return word.flags & _LEFT != 0


_LEFT = FLAG["left"]  # of one word, which counts once
_KEYS = FLAG["keys"]


@lru_cache(maxsize=_MOST)
def _word(word: str) -> Seen:
    """Look at one word; it is the same one in "crane", "Crane" and "crane,"."""
    number = check_sum(word)
    place = known_place(number)
    stemmed, mark = stem(word), word_class(word)
    if place >= 0:
        weighed = [judge.words[place] for judge in _judges()]
    else:
        steps = zip(_judges(), letter_steps(word), strict=True)
        weighed = [judge.new_word(step, left=mark.kind == LEFT) for judge, step in steps]
    opening, closing = pair_parts(number)
    signs = _signs().get(word, 0) + _KEYS * (stemmed in phrases())
    stemmed = word if stemmed == word else stemmed  # one string to fetch instead of two
    return Seen(packed(*weighed), _flags(mark, signs, may_be_foreign(word)), opening, closing, stemmed, ())


@lru_cache(maxsize=1 << 10)
def _flags(mark: Mark, signs: int, foreign: bool) -> int:
    """Keep the few that there are: numbers that words share are found sooner than those of their own."""
    return FLAG["words"] + _of_class(mark) + signs + FLAG["foreign"] * foreign


@lru_cache(maxsize=1 << 10)
def _claimed(flags: int, mark: Mark) -> int:
    """Return the flags of a word that is taken for one of a quality told in several."""
    kind, family = first_of(flags), family_of(flags)
    return flags - _of_class(Mark(kind, ("", *FAMILIES)[family])) + _of_class(mark)


def _of_class(mark: Mark) -> int:
    family = FAMILY * (_FAMILIES.index(mark.family) + 1) if mark.family else 0
    return CLASS_FLAG[mark.kind] + FLAG["first"] * (mark.kind + family)


_FAMILIES = tuple(FAMILIES)


@cache
def _signs() -> dict[str, int]:
    """Return the words that are signs of anything, each with its flags."""
    found: dict[str, int] = {}
    lists = ((set_of("situation"), FLAG["situation"]), (set_of("haze"), FLAG["haze"]), (wishes(), FLAG["first"] * MAY_WISH))
    for words, flag in lists:
        for word in words:
            found[word] = found.get(word, 0) + flag
    return found


@cache
def _judges() -> tuple[Weights, ...]:
    return tuple(map(weights, STATEMENT_JUDGES))

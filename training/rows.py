"""The features of one statement, enumerated: what the judges add up, one by one."""

from microseg.words import features, person, shape
from microseg.words.lexicon import set_of
from microseg.words.tokens import lowered_words, stem
from microseg.words.vocabulary import GENERIC, LEFT, NUMBER, QUALITY, Mark, classes, word_class
from training import known
from training.layout import Layout


def row(text: str, layout: Layout, *, kind: str = "", group: frozenset[str] = frozenset()) -> dict[int, float]:
    """Return column -> value for a statement; left-over words whose stem is in `group` are struck out."""
    text = text[: features.MOST_CHARACTERS]
    words = lowered_words(text)
    marks = classes(words)
    struck = [mark.kind == LEFT and stem(word) in group for word, mark in zip(words, marks, strict=True)]
    root = max(len(words), 1) ** -0.5
    found: dict[int, float] = {}
    for word, gone in zip(words, struck, strict=True):
        if not gone:
            _add_word(found, word, layout, root)
    for slot in features.pair_slots(words) if words and layout.pairs else ():
        _add(found, layout.pairs_at + slot, root)
    for slot in _slots(text, words, layout.task):
        _add(found, layout.shape_at + slot, 1.0)
    if layout.task == "mer":
        for slot in _counted(marks, kind, sum(struck)) if words else ():
            _add(found, layout.shape_at + slot, 1.0)
    return found


def _add(found: dict[int, float], column: int, value: float) -> None:
    found[column] = found.get(column, 0.0) + value


def _add_word(found: dict[int, float], word: str, layout: Layout, root: float) -> None:
    place = known.places().get(word)
    if place is not None:
        _add(found, place, root)
        return
    for slot in features.letter_slots(word):
        _add(found, layout.words + slot, root)
    if word_class(word).kind == LEFT:
        _add(found, layout.unknown_at, root)


def _counted(marks: list[Mark], kind: str, struck: int) -> list[int]:
    """Return the slots of what the judge of minimum expected requirements counts."""
    kinds = [mark.kind for mark in marks]
    quality, generic, numbers, left = (kinds.count(one) for one in (QUALITY, GENERIC, NUMBER, LEFT))
    told = [shape.KIND_SLOTS[kind]] if kind in shape.KIND_SLOTS else []
    return [*shape.frame_slots(quality, generic, numbers, kinds[0]), *shape.rest_slots(left - struck, quality > 0), *told]


def _slots(text: str, words: list[str], task: str) -> list[int]:
    """Return the slots of the signs that the other judges look for."""
    if task == "persona":
        return [slot for slot, sign in enumerate(person.signs(text)) if sign]
    if task == "mer" or not words:
        return []
    situation, haze = (not set_of(name).isdisjoint(words) for name in ("situation", "haze"))
    numbers = any(mark.kind == NUMBER for mark in classes(words))
    slots = shape.sign_slots(situation, haze, numbers, len(words) // 4)
    return [*slots, *([shape.WISH] if shape.wish_length(words) else [])]

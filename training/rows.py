"""The features of one statement, enumerated: what the judges add up, one by one."""

from microseg.words import features, person, shape, wording
from microseg.words.tokens import lowered_words, stem
from microseg.words.vocabulary import LEFT, classes, word_class
from training import vectors
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
    for slot in features.pair_slots(text, layout.pairs) if words else ():
        _add(found, layout.pairs_at + slot, root)
    for slot in _counted(words, kind, sum(struck)) if layout.task == "mer" else _signs(text, layout.task):
        _add(found, layout.shape_at + slot, features.SHAPE_SHARE)
    return found


def _add(found: dict[int, float], column: int, value: float) -> None:
    found[column] = found.get(column, 0.0) + value


def _add_word(found: dict[int, float], word: str, layout: Layout, root: float) -> None:
    whole, letters = features.word_slots(word, layout.words)
    _add(found, whole, root)
    for slot in letters:
        _add(found, slot, features.LETTERS_SHARE * root)
    place = vectors.places().get(word)
    if place is not None:
        _add(found, layout.common_at + place, root)
    elif word_class(word).kind == LEFT:
        _add(found, layout.columns - 1, root)


def _counted(words: list[str], kind: str, struck: int) -> list[int]:
    marks = classes(words)
    if not marks:
        return []
    counts = shape.unpacked(sum(shape.CLASS_FLAG[mark.kind] for mark in marks))
    kinds = [shape.KIND_SLOTS[kind]] if kind in shape.KIND_SLOTS else []
    return [*shape.frame_slots(counts, marks[0].kind), *shape.rest_slots(counts.left - struck, counts.quality > 0), *kinds]


def _signs(text: str, task: str) -> list[int]:
    found = person.signs(text) if task == "persona" else wording.signs(text)
    return [slot for slot, sign in enumerate(found) if sign]

"""What a statement says by itself, before anybody knows whose it is: plain values that can be cached and sent on.

The question is turned round: strike out the words that carry grammar, praise or the product in general; what is
left? A minimum expected requirement leaves almost nothing.
"""


from typing import NamedTuple

from microseg.words.language import is_english
from microseg.words.tokens import lowered_words, stem
from microseg.words.vocabulary import LEFT, NUMBER, QUALITY, classes


class Analysis(NamedTuple):
    """What the judge keeps of a statement; the same for every segment.

    `score` is the weight of evidence for "every product owes it" without the words that are left over; `left` holds
    the stems of those, `weights` what each adds, `shape` the row of the table that prices how many there are,
    `family` the quality family named most, `stems` all stems in a line (`stem_line`). Scores are log-odds.
    """

    english: bool
    score: float
    left: tuple[str, ...]
    weights: tuple[float, ...]
    shape: int
    family: str
    stems: str


def analyse(text: str) -> Analysis:
    """Take a statement apart, without looking at its segment."""
    words = lowered_words(text)
    marked = classes(words)
    left = tuple(stem(word) for word, mark in zip(words, marked, strict=True) if mark.kind == LEFT)
    families = [mark.family for mark in marked if mark.kind == QUALITY]
    family = max(families, key=families.count) if families else ""
    numbers = sum(mark.kind == NUMBER for mark in marked)
    return Analysis(
        english=is_english(text),
        score=-0.8 * numbers,
        left=left,
        weights=(0.0,) * len(left),
        shape=bool(families),
        family=family,
        stems=f" {' '.join(map(stem, words))} ",
    )

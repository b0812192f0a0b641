"""What company a word keeps in general English: 50 numbers for each of the 40,000 commonest words.

An extract of GloVe 6B (Pennington, Socher and Manning 2014; released under the Open Data Commons Public Domain
Dedication and License), scaled to unit length and rounded to a byte. Used in training only: what ships is one number
a word and judge.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).with_name("vectors")
LENGTH = 50
_STEP = 0.8 / 127


@cache
def common_words() -> tuple[str, ...]:
    """Return the words in the order in which they ship: by check sum."""
    return tuple(sorted(ranks(), key=_check_sum))


@cache
def ranks() -> dict[str, int]:
    """Return each word with its rank by frequency, the commonest first."""
    words = (FOLDER / "words.txt").read_text(encoding="utf-8").split()
    first_of_sum: dict[int, str] = {}
    for word in words:
        first_of_sum.setdefault(_check_sum(word), word)
    return {word: rank for rank, word in enumerate(words) if first_of_sum[_check_sum(word)] == word}


@cache
def vectors() -> NDArray[np.float64]:
    """Return one row of numbers for each of `common_words`."""
    import numpy as np

    raw = np.frombuffer((FOLDER / "vectors.bin").read_bytes(), dtype=np.int8).reshape(-1, LENGTH)
    return np.asarray(raw[[ranks()[word] for word in common_words()]] * _STEP, dtype=np.float64)


@cache
def places() -> dict[str, int]:
    """Return where each word stands in `common_words`."""
    return {word: place for place, word in enumerate(common_words())}


def _check_sum(word: str) -> int:
    return crc32(word.encode())

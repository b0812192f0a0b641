"""What company a word keeps in general English: numbers for each of the 40,000 commonest words, from two sources.

50 are an extract of GloVe 6B (Pennington, Socher and Manning 2014; released under the Open Data Commons Public Domain
Dedication and License). 128 are what the sentence encoder all-MiniLM-L6-v2 (Apache License 2.0) says of the word by
itself: its mean over the word's pieces, the mean of all words taken away, in the 128 directions of the largest
variance. Both are scaled to unit length and rounded to a byte. Used in training only: what ships is one number a word
and judge.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.words import features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).with_name("vectors")
LENGTHS = {"vectors.bin": (50, features.MEANING_SHARE), "sentences.bin": (128, features.SENTENCE_SHARE)}
"""How many numbers a word has in each file, and how much they count beside the word itself."""
_STEP = 0.8 / 127


@cache
def ranks() -> dict[str, int]:
    """Return each word with its rank by frequency, the commonest first."""
    return {word: rank for rank, word in enumerate((FOLDER / "words.txt").read_text(encoding="utf-8").split())}


@cache
def vectors() -> NDArray[np.float64]:
    """Return one row of numbers for each word, by rank, each source times its share."""
    import numpy as np

    parts = [np.frombuffer((FOLDER / name).read_bytes(), dtype=np.int8).reshape(-1, length) * (_STEP * share) for name, (length, share) in LENGTHS.items()]
    return np.asarray(np.hstack(parts), dtype=np.float64)

"""Did you mean: the one known word that is nearest to a mistyped one."""

from collections.abc import Iterable
from difflib import SequenceMatcher

_LENGTH_LEEWAY = 3
_LIKENESS = 0.7


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word` (ties: the first by name), or None when none is near. Only near lengths are compared."""
    folded = word.casefold().replace("_", "-")
    best: tuple[float, str] | None = None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    for candidate in sorted(candidates):
        if abs(len(candidate) - len(word)) > _LENGTH_LEEWAY:
            continue
        matcher.set_seq1(candidate.casefold().replace("_", "-"))
        if matcher.real_quick_ratio() < _LIKENESS or matcher.quick_ratio() < _LIKENESS:
            continue
        likeness = matcher.ratio()
        if likeness >= _LIKENESS and (best is None or likeness > best[0]):
            best = (likeness, candidate)
    return best[1] if best else None

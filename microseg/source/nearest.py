"""Which known name did the writer mean? A bounded edit distance, so that a typo is answered and a novel is not."""

from collections.abc import Iterable

_LONGEST = 64
_LETTERS_AN_ERROR = 3
_MOST_ERRORS = 3


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The known name with the fewest slips (a third of its letters, three at most), the first by name of equals; else None."""
    if not name or len(name) > _LONGEST:
        return None
    best: str | None = None
    folded = name.lower().replace("-", "_")
    allowed = min(max(1, len(name) // _LETTERS_AN_ERROR), _MOST_ERRORS) + 1
    for candidate in sorted(candidates):
        if abs(len(candidate) - len(name)) < allowed:
            distance = _distance(folded, candidate.lower().replace("-", "_"), allowed)
            if distance < allowed:
                best, allowed = candidate, distance
    return best


def _distance(first: str, second: str, limit: int) -> int:
    """Slips between two words: a letter added, lost, changed, or two neighbours swapped; `limit` when that many."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        before, previous, row = row, before, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
    return row[-1]

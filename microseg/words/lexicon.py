"""The word lists of a language, as they were prepared for looking words up: one table, read once.

People write the lists, one word or phrase a line, in the text files of the language's folder; `training/lists.py`
stems them into `lists.table`, so that nothing has to be worked out at start. A second language is a second folder.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).with_name("english")

FAMILIES = MappingProxyType(
    {
        "functional_suitability": "functional suitability",
        "performance_efficiency": "performance efficiency",
        "compatibility": "compatibility",
        "interaction_capability": "usability",
        "reliability": "reliability",
        "security": "security",
        "maintainability": "maintainability",
        "flexibility": "flexibility",
        "safety": "safety",
        "vendor_hygiene": "vendor hygiene",
        "generic_benefit": "generic benefit",
        "commodity": "commodity function",
    }
)
"""File name of a quality family -> its name in a message: the nine of ISO/IEC 25010:2023 and three of selling."""


def words_of(name: str) -> list[str]:
    """Return what one line of the table holds, in order; the words of a phrase are joined by `_`."""
    return _lines()[name].split(" ")


@cache
def set_of(name: str) -> frozenset[str]:
    """Return what one line of the table holds, to look words up in."""
    return frozenset(words_of(name))


@cache
def mapping_of(name: str) -> dict[str, str]:
    """Return a line that holds keys and values in turn."""
    held = iter(words_of(name))
    return dict(zip(held, held, strict=True))


@cache
def phrases_of(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of a line, as tuples of stems, by their first stem."""
    known: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in words_of(name):
        stems = tuple(phrase.split("_"))
        known[stems[0]] = (*known.get(stems[0], ()), stems)
    return known


@cache
def lines_of(*names: str) -> dict[str, tuple[str, ...]]:
    """Return the phrases of several lines as they stand among stems, a space before and after each, by their longest stem: few texts hold it."""
    known: dict[str, tuple[str, ...]] = {}
    for phrase in chain.from_iterable(map(words_of, names)):
        stems = phrase.split("_")
        longest = max(stems, key=len)
        known[longest] = (*known.get(longest, ()), f" {' '.join(stems)} ")
    return known


def are_told(stems: Sequence[str], lines: Mapping[str, tuple[str, ...]]) -> bool:
    """Say whether a phrase is among the stems of all words; `lines`: the phrases by one of their stems."""
    line = ""
    for word in filter(lines.__contains__, stems):
        line = line or f" {' '.join(stems)} "
        for phrase in lines[word]:
            if phrase in line:
                return True
    return False


@cache
def stop_words() -> frozenset[str]:
    """Return the words that carry grammar and no content."""
    return set_of("function")


@cache
def _lines() -> dict[str, str]:
    lines = (FOLDER / "lists.table").read_text(encoding="utf-8").split("\n")
    return dict(line.split("\t") for line in lines if line)

"""The word lists of a language, read from its folder of plain text files.

One word or phrase a line, `#` for a comment. A second language is a second folder with the same file names.
"""

from functools import cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).with_name("english")

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


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the lines of one list, in lower case, without comments."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that carry grammar and no content."""
    return frozenset(entries("function"))


@cache
def irregular_forms() -> MappingProxyType[str, str]:
    """Return each irregular form with the word it belongs to."""
    return MappingProxyType(dict(line.split() for line in entries("irregular")))


@cache
def raw_bytes(name: str) -> bytes:
    """Return a table of trained weights as the bytes it is stored in."""
    return (_FOLDER / name).read_bytes()

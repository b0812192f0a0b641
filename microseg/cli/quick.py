"""The common command lines of `lint`, read by hand: Typer alone would take as long to start as everything else.

What is read here is what Typer reads. Whatever is not plainly right (an unknown option, a missing value, --help) is left
to Typer, so that help and refusals stay its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from microseg.cli.linting import Asked

FLAGS = {
    "--strict": "strict",
    "--all": "show_all",
    "--fix": "fix",
    "--unsafe-fixes": "unsafe_fixes",
    "--diff": "diff",
    "--no-suppress": "no_suppress",
    "--no-cache": "no_cache",
    "--write-baseline": "write_baseline",
    "--exit-zero": "exit_zero",
    "--quiet": "quiet",
    "-q": "quiet",
}
SINGLE: dict[str, tuple[str, Callable[[str], Any]]] = {
    "--directory": ("directory", Path),
    "-C": ("directory", Path),
    "--fail-on": ("fail_on", str),
    "--stdin-path": ("stdin_path", str),
    "--baseline": ("baseline", Path),
    "--output": ("output", Path),
    "-o": ("output", Path),
    "--as-of": ("as_of", str),
    "--color": ("color", str),
}
SEVERAL: dict[str, tuple[str, Callable[[str], Any]]] = {
    "--format": ("format_", str),
    "-f": ("format_", str),
    "--select": ("select", str),
    "--ignore": ("ignore", str),
    "--only": ("only", Path),
}


def asked_of(words: list[str]) -> Asked | None:
    """What the words behind `lint` ask for; None where Typer should read them."""
    if os.name == "nt" or any(name.endswith("_COMPLETE") and name.startswith("_MICROSEG") for name in os.environ):
        return None
    held: dict[str, Any] = {}
    waiting = list(reversed(words))
    while waiting:
        if not _take(waiting, held):
            return None
    return Asked(**held)


def _take(waiting: list[str], held: dict[str, Any]) -> bool:
    """Read the next word, and its value behind it; False where it is not plain."""
    word = waiting.pop()
    if not word.startswith("-") or word == "-":
        held.setdefault("paths", []).append(Path(word))
        return True
    if word in FLAGS:
        held[FLAGS[word]] = True
        return True
    option, value = _parted(word, waiting)
    if value is None or (option not in SINGLE and option not in SEVERAL):
        return False
    if option in SINGLE:
        name, kind = SINGLE[option]
        held[name] = kind(value)
    else:
        name, kind = SEVERAL[option]
        held.setdefault(name, []).append(kind(value))
    return True


def _parted(word: str, waiting: list[str]) -> tuple[str, str | None]:
    """An option and its value: behind a `=`, or the next word unless that looks like an option."""
    option, sign, value = word.partition("=")
    if sign and word.startswith("--"):
        return option, value
    if sign or not waiting or waiting[-1].startswith("-"):
        return word, None
    return word, waiting.pop()

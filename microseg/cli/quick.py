"""The common command lines of `lint` and `build`, read by hand: Typer alone would take as long to start as everything else.

What is read here is what Typer reads. Whatever is not plainly right (an unknown option, a missing value, --help) is left
to Typer, so that help and refusals stay its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microseg.record import NamedTuple

if TYPE_CHECKING:
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


class Options(NamedTuple):
    """The options of a command: those that are on or off, those that take a value, those that may stand several times; and whether it takes paths."""

    flags: Mapping[str, str]
    single: Mapping[str, tuple[str, Callable[[str], Any]]]
    several: Mapping[str, tuple[str, Callable[[str], Any]]]
    paths: bool = False


LINT = Options(FLAGS, SINGLE, SEVERAL, paths=True)
BUILD = Options(
    {"--check": "check", "--keep-going": "keep_going", "--overwrite": "overwrite", "--single-file": "single_file", "--stamp": "stamp", "--quiet": "quiet", "-q": "quiet"},
    {"--out": ("out", Path), "--directory": ("directory", Path), "-C": ("directory", Path), "--as-of": ("as_of", str)},
    {"--format": ("format_", str), "-f": ("format_", str)},
)


def asked_of(words: list[str]) -> Asked | None:
    """What the words behind `lint` ask for; None where Typer should read them."""
    from microseg.cli.linting import Asked

    held = read(words, LINT)
    return None if held is None else Asked(**held)


def read(words: list[str], options: Options) -> dict[str, Any] | None:
    """The parameters that words behind a command name; None where Typer should read them."""
    if os.name == "nt" or any(name.endswith("_COMPLETE") and name.startswith("_MICROSEG") for name in os.environ):
        return None
    held: dict[str, Any] = {}
    waiting = list(reversed(words))
    while waiting:
        if not _take(waiting, held, options):
            return None
    return held


def _take(waiting: list[str], held: dict[str, Any], options: Options) -> bool:
    """Read the next word, and its value behind it; False where it is not plain."""
    word = waiting.pop()
    if not word.startswith("-") or word == "-":
        held.setdefault("paths", []).append(Path(word))
        return options.paths
    if word in options.flags:
        held[options.flags[word]] = True
        return True
    option, value = _parted(word, waiting)
    if value is None or (option not in options.single and option not in options.several):
        return False
    if option in options.single:
        name, kind = options.single[option]
        held[name] = kind(value)
    else:
        name, kind = options.several[option]
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

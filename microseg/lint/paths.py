"""Which files a pattern of microseg.yaml names."""

from __future__ import annotations

import fnmatch
from functools import lru_cache


@lru_cache(maxsize=4_096)
def covers(pattern: str, path: str) -> bool:
    """Does a pattern name a path? `*` stays inside a folder, `**` crosses them; a folder's name covers what is in it."""
    parts = _parts(pattern)
    is_file = fnmatch.fnmatchcase(pattern, "*.y*ml")
    reached = _onward({0}, parts)
    for name in path.split("/"):
        stepped = {index if parts[index] == "**" else index + 1 for index in reached if index < len(parts) and (parts[index] == "**" or fnmatch.fnmatchcase(name, parts[index]))}
        reached = _onward(stepped, parts)
        if len(parts) in reached and not is_file:
            return True
    return len(parts) in reached


@lru_cache(maxsize=256)
def _parts(pattern: str) -> tuple[str, ...]:
    """The names of a pattern between its slashes; `**.yaml` means any folder and then `*.yaml`."""
    parts: list[str] = []
    for part in pattern.replace("[", "[[]").rstrip("/").split("/"):
        before, stars, behind = part.partition("**")
        parts += [one for one in (f"{before}*" if before else "", "**", f"*{behind.lstrip('*')}" if behind.strip("*") else "") if one] if stars else [part]
    return tuple(parts)


def _onward(reached: set[int], parts: tuple[str, ...]) -> set[int]:
    """The places of a pattern that are reached without a further name, for `**` may stand for none."""
    found = set(reached)
    for index in sorted(reached):
        following = index
        while following < len(parts) and parts[following] == "**":
            following += 1
            found.add(following)
    return found

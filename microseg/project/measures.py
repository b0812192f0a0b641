"""Saved measures: a segment's id changed where a measure names a segment, and every other byte left as it is."""

from __future__ import annotations

import json
import re

from microseg.errors import UsageError

_NAMING = frozenset({"id", "parent", "a", "b", "segment"})  # the keys whose value is a segment's id
_TEXT = r'"(?:[^"\\]|\\.)*"'
_ENTRY = re.compile(rf"(?P<first>{_TEXT})(?:(?P<colon>\s*:\s*)(?P<value>{_TEXT})?)?")


def rename_in_measures(text: str, old: str, new: str, *, path: str) -> str:
    """The text of a file of measures after a segment's id has changed. Raises UsageError where it is not JSON."""
    try:
        json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is not JSON, so the id in it cannot be changed", "mend it, delete it, or measure again") from None
    return _ENTRY.sub(lambda entry: _renamed(entry, old, new), text)


def _renamed(entry: re.Match[str], old: str, new: str) -> str:
    """An entry of an object; a text that is no key, or whose value is no text, is left as it is."""
    key, value = entry["first"], entry["value"]
    if value is None or json.loads(key, strict=False) not in _NAMING or json.loads(value, strict=False) != old:
        return entry.group()
    return f"{key}{entry['colon']}{json.dumps(new)}"

"""Saved measures: the id of a segment or a metric changed where a measure names it, and every other byte left as it is."""

from __future__ import annotations

import json
import re

from microseg.errors import UsageError

SPACES = ("segment", "metric")
# the keys whose value is an id
_NAMING = {"segment": frozenset({"id", "parent", "a", "b", "segment"}), "metric": frozenset({"metric"})}
# keys of objects that are no metric's id
_OWN = frozenset({"provenance", "suggested_goal", "baseline", "reading", "before", "after", "holdout", "metrics"})
_TEXT = r'"(?:[^"\\]|\\.)*"'
_ENTRY = re.compile(rf"(?P<first>{_TEXT})(?:(?P<colon>\s*:\s*)(?P<value>{_TEXT}|(?=\{{))?)?")


def rename_in_measures(text: str, old: str, new: str, *, path: str, space: str = "segment") -> str:
    """The text of a file of measures after the id of a segment or a metric has changed. Raises UsageError where it is not JSON."""
    try:
        json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is not JSON, so the id in it cannot be changed", "mend it, delete it, or measure again") from None
    return _ENTRY.sub(lambda entry: _renamed(entry, old, new, space), text)


def _renamed(entry: re.Match[str], old: str, new: str, space: str) -> str:
    """An entry of an object; a text that is no key, or whose value is no text, is left as it is.

    A metric's id is also a key, of the object that holds what it says.
    """
    key, value = entry["first"], entry["value"]
    if value is None:
        return entry.group()
    name = json.loads(key, strict=False)
    if value == "":
        return f"{json.dumps(new)}{entry['colon']}" if space == "metric" and name == old and name not in _OWN else entry.group()
    if name not in _NAMING[space] or json.loads(value, strict=False) != old:
        return entry.group()
    return f"{key}{entry['colon']}{json.dumps(new)}"

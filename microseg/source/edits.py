"""Edits of a text: a file is never written anew from its data, only changed where something changes."""

from collections.abc import Iterable

from microseg.record import NamedTuple


class TextEdit(NamedTuple):
    """Replace the characters from `start` to `end` by `text`; start == end inserts."""

    start: int
    end: int
    text: str


def overlap(first: TextEdit, second: TextEdit) -> bool:
    """Do two edits touch the same characters? Two insertions at one place do: their order would be a guess."""
    if first.start == first.end and second.start == second.end:
        return first.start == second.start
    return first.start < second.end and second.start < first.end


def apply(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after all edits. Raises ValueError where two of them overlap."""
    parts: list[str] = []
    position = 0
    last: TextEdit | None = None
    for edit in sorted(edits):
        if last is not None and overlap(last, edit):
            message = f"edits overlap at {edit.start}"
            raise ValueError(message)
        parts += (text[position : edit.start], edit.text)
        position = edit.end
        last = edit
    return "".join((*parts, text[position:]))

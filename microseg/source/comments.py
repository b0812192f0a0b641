"""Comments with their places: PyYAML drops them, so they are found between the scalars."""

import re
from collections.abc import Iterable, Iterator

from microseg.record import NamedTuple

_COMMENT = re.compile(r"(?:(?<=[\s\[\]{},])|(?<![^\r\n])|\A)#[^\r\n]*")


class Comment(NamedTuple):
    """A comment from its `#` to the end of its line."""

    start: int
    end: int
    text: str


def find_comments(text: str, scalars: Iterable[tuple[int, int, str]]) -> Iterator[Comment]:
    """Each comment of a text, given the spans of its scalars (start, end, style) in order."""
    if "#" not in text:
        return
    position = 0
    for start, end, style in scalars:
        yield from _between(text, position, start)
        # the header of a block scalar (`>-  # note`) is outside the text it opens
        if style in {"|", ">"}:
            header = text.find("\n", start, end)
            yield from _between(text, start, header if header != -1 else end)
        position = max(position, end)
    yield from _between(text, position, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Comment]:
    if text.find("#", start, end) == -1:
        return
    for match in _COMMENT.finditer(text, start, end):
        yield Comment(match.start(), match.end(), match.group())

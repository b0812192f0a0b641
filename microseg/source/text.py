"""A file's text, and how a character offset in it becomes a line and a column."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import accumulate, islice

from microseg.record import NamedTuple

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
# Characters that YAML forbids or that make a text read other than it is written: controls, bidirectional
# overrides and isolates, zero-width marks. ZWNJ and ZWJ (200c, 200d) are judged by their neighbours below.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\u200c\u200d]"
)
_SEEN_ASCII = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])
_LAST_LATIN = 0x2FF
_NO_CELL = frozenset({"Mn", "Me", "Cf"})
_JOINERS = "\u200c\u200d"
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


_BREAK = re.compile(r"[\r\n]")
MOST_UNSEEN = 1_000
_FEW = 8  # an array of all lines costs as much as counting them so often


class Position(NamedTuple):
    """A place as a person counts it: line and column both start at 1; columns count characters."""

    line: int
    column: int


class Unseen(NamedTuple):
    """A character that must not stand in a file: its offset in the text and the character itself."""

    offset: int
    character: str


class Decoded(NamedTuple):
    """What the bytes of a file say. `bom` and `encoding` let an edited text be written back the same way."""

    text: str
    encoding: str
    bom: bytes
    unseen: tuple[Unseen, ...]
    bad_byte: int | None  # offset in `text` where decoding failed, if it did


class SourceFile:
    """One file of the workspace: its path relative to the root (with `/`) and its text."""

    __slots__ = ("_begun", "_few", "_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        """Take a text as it is; decoding happens in `decode`."""
        self.path = path
        self.text = text
        self._starts: array[int] | None = None
        self._few = 0 if "\r" in text else _FEW  # so many questions are answered by counting line feeds
        self._begun: dict[int, int] = {}  # by line, as far as they were asked for

    @property
    def line_starts(self) -> array[int]:
        """Offsets at which lines begin; CRLF, LF and CR each end a line, as editors count."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = array("i", [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))])
            else:
                self._starts = array("i", accumulate([0, *[len(line) + 1 for line in self.text.split("\n")]]))
                self._starts.pop()  # behind the last line
        return self._starts

    def line_at(self, offset: int) -> tuple[int, int]:
        """The line of an offset in the text, counted from 1, and the offset at which it begins."""
        if self._few and self._starts is None:
            self._few -= 1
            begun = self.text.rfind("\n", 0, offset) + 1
            number = self.text.count("\n", 0, begun) + 1
            self._begun[number] = begun
            return number, begun
        starts = self.line_starts
        number = bisect_right(starts, offset)
        return number, starts[number - 1]

    def is_one_line(self, start: int, end: int) -> bool:
        """Do two offsets in the text, the first one first, stand on one line?"""
        if self.text.find("\n", start, end) >= 0:
            return False
        return self.text.find("\r", start, end) < 0 or self.line_at(start) == self.line_at(end)

    def position(self, offset: int) -> Position:
        """Line and column of a character offset; an offset past the end is the end."""
        offset = min(max(offset, 0), len(self.text))
        line, begun = self.line_at(offset)
        return Position(line, offset - begun + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; past the end it is empty."""
        begun = self._begun.get(number)
        if begun is not None:  # then there are only line feeds
            end = self.text.find("\n", begun)
            return self.text[begun:] if end < 0 else self.text[begun:end]
        starts = self.line_starts
        if number < 1 or number > len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def line_start(self, offset: int) -> int:
        """The offset at which the line of `offset` begins."""
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset at which the line of `offset` ends, before its line break."""
        number = bisect_right(self.line_starts, offset)
        return self.line_starts[number - 1] + len(self.line(number))


def line_start(text: str, offset: int) -> int:
    """The offset at which the line of `offset` begins, for one question; `SourceFile` answers many."""
    line_feed = text.rfind("\n", 0, offset)
    return max(line_feed, text.rfind("\r", line_feed + 1, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """The offset at which the line of `offset` ends, before its line break."""
    found = _BREAK.search(text, offset)
    return len(text) if found is None else found.start()


def decode(data: bytes) -> Decoded:
    """Bytes to text: UTF-8 (with or without BOM) and UTF-16 with BOM; what cannot be read is reported, not raised."""
    bom, encoding = next(((mark, name) for mark, name in _ENCODINGS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(bom) :]
    bad_byte = None
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        bad_byte = len(body[: error.start].decode(encoding, "replace"))
        text = body.decode(encoding, "replace")
    return Decoded(text, encoding, bom, find_unseen(text), bad_byte)


def decode_clean(data: bytes) -> str | None:
    """The text of UTF-8 bytes in which every character can be seen; None where `decode` should look closer."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    odd = data.translate(None, _SEEN_ASCII) if text.isascii() else _UNSEEN.search(text)
    return None if odd else text


def find_unseen(text: str) -> tuple[Unseen, ...]:
    """The characters of a text that must not stand in a file, in order; one more than a thousand at most, for then it is no text."""
    found = (Unseen(m.start(), m.group()) for m in _UNSEEN.finditer(text) if not _joins_a_word(text, m.start()))
    return tuple(islice(found, MOST_UNSEEN + 1))


def blank_unseen(text: str, unseen: tuple[Unseen, ...]) -> str:
    """The text with each of those characters replaced by U+FFFD, one for one, so that offsets stay true."""
    if not unseen:
        return text
    characters = list(text)
    for found in unseen:
        characters[found.offset] = "\ufffd"
    return "".join(characters)


def clean(text: str) -> str:
    r"""A text for a terminal or a log: unseen characters are written as `\\u{..}`, line breaks as spaces."""
    if text.isprintable():
        return text
    flat = _LINE_BREAK.sub(" ", text).replace("\t", " ").replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")
    return "".join(c if c.isprintable() or _joins_a_word(flat, i) else f"\\u{{{ord(c):x}}}" for i, c in enumerate(flat))


def width_of(text: str) -> int:
    """The cells that a text takes in a terminal: two for a wide sign, none for a mark that sits on another."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(sign) in _NO_CELL else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _joins_a_word(text: str, offset: int) -> bool:
    """ZWJ and ZWNJ between two letters, marks or emoji of a script beyond Latin are part of the word."""
    if text[offset] not in _JOINERS or offset == 0 or offset + 1 >= len(text):
        return False
    return ord(text[offset - 1]) > _LAST_LATIN and ord(text[offset + 1]) > _LAST_LATIN

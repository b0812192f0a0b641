"""Which part of what the last run showed belongs to which file, so that the next one makes anew only what it shows of the files that changed."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from microseg.project.outcome import text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microseg.lint.finding import Finding
    from microseg.project.cache import Store
    from microseg.project.last_run import Row
    from microseg.project.said import Said

_TAG = 16  # bytes
_KEY = 16


def pieces_of(said: Said, show: Callable[[Sequence[Finding]], str], store: Store, how: bytes) -> list[str]:
    """What `show` gives of the findings of each file; `how` says how they are shown. Raises ValueError where what was said of a file is lost."""
    known = _known(store, store.key([b"pieces", how]))
    pieces = []
    for number, row in enumerate(said.rows):
        held = known.get(_tag(row))
        pieces.append(show(said.findings_in(number)) if held is None else held.decode("utf-8", "surrogatepass"))
    return pieces


def keep_pieces(rows: Iterable[Row], pieces: Iterable[str], store: Store, how: bytes, outcome: bytes) -> None:
    """Remember how long each piece is in the text that is kept under the key `outcome`."""
    sizes = array("Q", [len(piece) if piece.isascii() else len(piece.encode("utf-8", "surrogatepass")) for piece in pieces])
    store.keep_pieces(store.key([b"pieces", how]), b"".join((outcome, *map(_tag, rows), sizes.tobytes())))


def _tag(row: Row) -> bytes:
    """What a piece shows: what was said of a file, and its text."""
    return bytes.fromhex(row.said[:_TAG] + row.digest[:_TAG])


def _known(store: Store, key: bytes) -> dict[bytes, bytes]:
    """The pieces of the last run by what they show."""
    data = store.pieces(key) or b""
    text = text_in(store.outcome(data[:_KEY]) or b"") if data else b""
    count = (len(data) - _KEY) // (_TAG + 8)
    known: dict[bytes, bytes] = {}
    at = 0
    for number, size in enumerate(array("Q", data[_KEY + _TAG * count :]) if text else ()):
        start = _KEY + _TAG * number
        known[data[start : start + _TAG]] = text[at : at + size]
        at += size
    return known

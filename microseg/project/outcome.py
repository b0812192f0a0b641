"""What a run says, as bytes and back: kept for the next run, which may find that nothing has changed."""

from __future__ import annotations

from microseg.record import NamedTuple


class Outcome(NamedTuple):
    """The text of each format, the severities that it holds, and the first rule to explain; or that there is nothing to lint."""

    texts: tuple[str, ...]
    counts: tuple[str, ...]
    first: str
    is_empty: bool = False


def packed(said: Outcome) -> bytes:
    """A line about the texts, then the texts; not as JSON, for reading that takes several times as long as reading them."""
    texts = [text.encode("utf-8", "surrogatepass") for text in said.texts]
    about = ";".join((",".join(said.counts), said.first, "empty" if said.is_empty else "", ",".join(str(len(text)) for text in texts)))
    return b"\n".join((about.encode(), b"".join(texts)))


def text_in(data: bytes) -> bytes:
    """The texts of what `packed` made, as they lie there."""
    return data.partition(b"\n")[2]


def unpacked(data: bytes) -> Outcome:
    """What `packed` made. Raises ValueError for anything else."""
    about, _, text = data.partition(b"\n")
    counts, first, empty, sizes = about.decode().split(";")
    texts, start = [], 0
    for size in sizes.split(","):
        texts.append(text[start : start + int(size)].decode("utf-8", "surrogatepass"))
        start += int(size)
    return Outcome(tuple(texts), tuple(counts.split(",")) if counts else (), first, bool(empty))

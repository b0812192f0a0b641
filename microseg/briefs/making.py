"""The briefs of many segments, and what the pages about all of them say of each, made by several processes at once where there are many and the templates are ours."""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from microseg.briefs.material import page_name
from microseg.briefs.pieces import text_of
from microseg.briefs.render import Format, Options, brief_page, encode_pages, has_templates, load_templates
from microseg.briefs.view import view_brief
from microseg.briefs.whole_view import piece_view
from microseg.project.workers import processes, share
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.briefs.material import Material
    from microseg.briefs.page import Bet
    from microseg.briefs.render import Page
    from microseg.model.segment import Segment

_AT_ONCE = 25  # segments
_ALONE = 120  # so many briefs are made before a second process would have begun
_LENGTHS = struct.Struct("=II")
Pages = dict[str, bytes]
Put = Callable[[str, bytes], bytes]


class Made(NamedTuple):
    """Briefs by path: their bytes, or what `put` gave for them; and by name of the page what is said of each segment, as text."""

    pages: Pages
    pieces: Pages


class Order(NamedTuple):
    """What is wanted: the formats, how pages are written, for whom; but for the pages `kept`, and the names of those whose piece is `known`."""

    formats: Sequence[Format]
    options: Options
    audience: str = ""
    kept: Collection[str] = ()
    known: Collection[str] = ()
    put: Put = lambda _, data: data

    def paths(self, segment: Segment) -> list[tuple[str, Format]]:
        """The pages of a segment that are to be made."""
        return [(path, format_) for format_ in self.formats if (path := f"{page_name(segment)}.{format_}") not in self.kept]


def make_briefs(material: Material, order: Order) -> Made:
    """Each brief that is not kept, and each piece that is not known; `put` is called in whichever process makes a page. Raises TemplateError."""
    return begin_briefs(material, order)()


def begin_briefs(material: Material, order: Order) -> Callable[[], Made]:
    """The same, in two steps: other processes begin at once, this one when the result is asked for."""
    wanted = [one for one in material.workspace.by_id.values() if page_name(one) not in order.known or order.paths(one)]
    is_own = order.options.templates is not None and has_templates(order.options.templates)
    if is_own or len(wanted) <= _ALONE:
        return partial(_made, wanted, material, order)
    for format_ in order.formats:
        load_templates(format_)
    view_brief(material, wanted[0])  # what is looked up for all segments, like the templates, is there before there are several processes
    parts = [wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)]
    return partial(_gathered, share(len(parts), lambda number: _made(parts[number], material, order), encode=_encoded, decode=_decoded, among=processes()))


def _gathered(shared: Iterator[tuple[int, Made]]) -> Made:
    found = dict(shared)
    pages, pieces = ({path: data for number in sorted(found) for path, data in found[number][which].items()} for which in range(2))
    return Made(pages, pieces)


def _made(segments: Sequence[Segment], material: Material, order: Order) -> Made:
    """Step by step over some dozens of segments, so that what a step works with stays near; and no more of them lie in memory as views and pictures."""
    paths: list[str] = []
    bets: dict[str, Bet] = {}

    def pages() -> Iterator[Page]:
        for at in range(0, len(segments), _AT_ONCE):
            viewed = [(view_brief(material, one, audience=order.audience), wanted) for one in segments[at : at + _AT_ONCE] if (wanted := order.paths(one))]
            bets.update((brief.id, brief.bet) for brief, _ in viewed)
            for path, format_, brief in [(path, format_, brief) for asked in order.formats for brief, wanted in viewed for path, format_ in wanted if format_ == asked]:
                paths.append(path)
                yield brief_page(brief, format_, order.options)

    made: Pages = {}
    for data in encode_pages(pages(), order.options.templates):
        path = paths[len(made)]
        made[path] = order.put(path, data)
    return Made(made, {name: text_of(piece_view(one, material, bets.get(name))).encode() for one in segments if (name := page_name(one)) not in order.known})


def _encoded(_: int, made: Made) -> bytes:
    pages = packed(made.pages)
    return b"".join((_LENGTHS.pack(len(pages), 0), pages, packed(made.pieces)))


def packed(held: Pages) -> bytes:
    """Pages as one text of bytes."""
    named = ((path.encode("utf-8", "surrogateescape"), data) for path, data in held.items())
    return b"".join(part for path, data in named for part in (_LENGTHS.pack(len(path), len(data)), path, data))


def _decoded(_: int, sent: bytes) -> Made:
    if len(sent) < _LENGTHS.size:
        raise ValueError("cut off")
    end = _LENGTHS.size + _LENGTHS.unpack_from(sent)[0]
    if end > len(sent):
        raise ValueError("cut off")
    return Made(unpacked(sent[_LENGTHS.size : end]), unpacked(sent[end:]))


def unpacked(sent: bytes) -> Pages:
    """What `packed` made. Raises ValueError for what is cut off."""
    found: Pages = {}
    at = 0
    while at < len(sent):
        if at + _LENGTHS.size > len(sent):
            raise ValueError("cut off")
        path, data = _LENGTHS.unpack_from(sent, at)
        start = at + _LENGTHS.size
        at = start + path + data
        if at > len(sent):
            raise ValueError("cut off")
        found[sent[start : start + path].decode("utf-8", "surrogateescape")] = sent[start + path : at]
    return found

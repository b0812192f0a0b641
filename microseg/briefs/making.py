"""The briefs of many segments, made by several processes at once where there are many and the templates are ours."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from microseg.briefs.material import page_name
from microseg.briefs.render import brief_page, has_templates, load_templates, render_pages
from microseg.briefs.view import view_brief
from microseg.project.workers import processes, share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from microseg.briefs.material import Material
    from microseg.briefs.render import Format, Options, Page
    from microseg.model.segment import Segment

_PIECE = 25  # segments
_ALONE = 120  # so many briefs are made before a second process would have begun
_LENGTHS = struct.Struct("=II")
Pages = dict[str, bytes]


def make_briefs(material: Material, formats: Sequence[Format], options: Options, *, audience: str, kept: Collection[str]) -> Pages:
    """Each brief that is not `kept`, as bytes by path. Raises TemplateError."""
    wanted = [one for one in material.workspace.by_id.values() if any(f"{page_name(one)}.{format_}" not in kept for format_ in formats)]
    is_own = options.templates is not None and has_templates(options.templates)
    if is_own or len(wanted) <= _ALONE:
        return _made(wanted, material, formats, options, audience=audience, kept=kept)
    for format_ in formats:
        load_templates(format_)  # once, for all processes
    pieces = [wanted[at : at + _PIECE] for at in range(0, len(wanted), _PIECE)]
    found: dict[int, Pages] = dict(
        share(len(pieces), lambda number: _made(pieces[number], material, formats, options, audience=audience, kept=kept), encode=_encoded, decode=_decoded, among=processes())
    )
    return {path: data for number in sorted(found) for path, data in found[number].items()}


def _made(segments: Sequence[Segment], material: Material, formats: Sequence[Format], options: Options, *, audience: str, kept: Collection[str]) -> Pages:
    """One page at a time, so that a large site never lies in memory as views and pictures."""
    paths: list[str] = []

    def pages() -> Iterator[Page]:
        for segment in segments:
            brief = view_brief(material, segment, audience=audience)
            for format_ in formats:
                path = f"{brief.id}.{format_}"
                if path not in kept:
                    paths.append(path)
                    yield brief_page(brief, format_, options)

    made: Pages = {}
    for text in render_pages(pages(), options.templates):
        made[paths[len(made)]] = text.encode("utf-8", "backslashreplace")
    return made


def _encoded(_: int, pages: Mapping[str, bytes]) -> bytes:
    named = ((path.encode(), data) for path, data in pages.items())
    return b"".join(part for path, data in named for part in (_LENGTHS.pack(len(path), len(data)), path, data))


def _decoded(_: int, sent: bytes) -> Pages:
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
        found[sent[start : start + path].decode()] = sent[start + path : at]
    return found

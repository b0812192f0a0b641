"""The whole site as files: planned as bytes first, then only what changed is written, and what nobody plans any more is removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from microseg import __version__
from microseg.briefs.escape import visible
from microseg.briefs.flagged import Flagged, flagged_view
from microseg.briefs.inputs import page_keys
from microseg.briefs.maker import made_with, whole_key
from microseg.briefs.making import Order, make_briefs
from microseg.briefs.material import page_name
from microseg.briefs.pieces import Kept
from microseg.briefs.render import Format, Options, Page, flagged_page, render_pages, whole_page
from microseg.briefs.single import join_pages
from microseg.briefs.whole_view import pieces_in, view_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from microseg.briefs.making import Put
    from microseg.briefs.material import Material
    from microseg.briefs.pieces import Piece
    from microseg.briefs.whole import Whole

FORMATS: tuple[Format, ...] = ("md", "html")
_INDEX_VERSION = 1


class Site(NamedTuple):
    """What a build comes to: the files that were made (their bytes, or what `put` gave), those that are as they were, what every page was made from, by path, and what is said of each segment."""

    files: dict[str, bytes]
    kept: frozenset[str]
    keys: dict[str, str]
    pieces: Kept


def plan_site(material: Material, *, formats: Sequence[Format] = FORMATS, options: Options | None = None, audience: str = "") -> dict[str, bytes]:
    """Every file of the site by its path below the output folder; nothing is written. Raises TemplateError."""
    return plan_changes(material, {}, formats=formats, options=options, audience=audience).files


def plan_changes(
    material: Material,
    known: Mapping[str, str],
    *,
    formats: Sequence[Format] = FORMATS,
    options: Options | None = None,
    audience: str = "",
    settings: str = "",
    pieces: Kept | None = None,
    put: Put | None = None,
) -> Site:
    """The site without the briefs that are `known`: path and key of pages that lie in the folder as they were made.

    `settings` is the hash of the workspace's settings, `pieces` what is kept of all segments. `put` takes path and bytes of
    each page as it is made, in whichever process; then the site has what it gave instead of the bytes. Raises TemplateError.
    """
    chosen = (options or Options())._replace(is_linked=True)
    common = whole_key([made_with(formats, chosen.templates, audience, repr(chosen._replace(templates=None))), settings, str(material.as_of)])
    named_keys = page_keys(material, common)
    keys = {f"{name}.{format_}": key for name, key in named_keys.items() for format_ in formats}
    kept = frozenset(path for path, key in keys.items() if known.get(path) == key)
    known_pieces = {} if pieces is None else pieces.under(named_keys)
    made = make_briefs(material, Order(formats, chosen, audience, kept, known_pieces, put or _as_it_is))
    texts = known_pieces | {name: text.decode() for name, text in made.pieces.items()}
    others = _others(material, pieces_in(material, texts), formats, chosen)
    files = made.pages | (others if put is None else {path: put(path, data) for path, data in others.items()})
    return Site(files, kept, keys, Kept({name: (named_keys[name], text) for name, text in texts.items() if name in named_keys}))


def _as_it_is(_: str, data: bytes) -> bytes:
    return data


def _others(material: Material, pieces: Mapping[str, Piece], formats: Sequence[Format], options: Options) -> dict[str, bytes]:
    """The files about all segments."""
    whole = view_whole(material, pieces)
    named = list(whole_pages(whole, flagged_view(material, material.findings), formats, options))
    texts = render_pages([page for _, page in named], options.templates)
    return {path: text.encode("utf-8", "backslashreplace") for (path, _), text in zip(named, texts, strict=True)} | data_files(whole, pieces, formats)


def data_files(whole: Whole, pieces: Mapping[str, Piece], formats: Sequence[Format]) -> dict[str, bytes]:
    """The site for other programs, and what the front page searches."""
    files = {"index.json": _index_json(whole, pieces, formats)}
    if "html" in formats:
        files["search_index.js"] = f"window.MICROSEG_INDEX=[{','.join(one.words for one in pieces.values())}];\n".encode("utf-8", "backslashreplace")
    return files


def whole_pages(whole: Whole, flagged: tuple[Flagged, ...], formats: Sequence[Format], options: Options) -> Iterator[tuple[str, Page]]:
    """The pages about all segments."""
    count = sum(len(one.flags) for one in flagged)
    for format_ in formats:
        for name in ("index", "overview"):
            yield f"{name}.{format_}", whole_page(name, whole, format_, options, flagged=count)
    if "html" in formats and flagged:
        yield "_flagged.html", flagged_page(flagged, whole, options)
    if "html" in formats and (whole.matrices or whole.ranking):
        yield "_needs.html", whole_page("needs", whole, "html", options)


def plan_single(material: Material, *, format: Format = "html", options: Options | None = None, audience: str = "") -> str:  # noqa: A002 - the command line's own word
    """The whole site as one page to mail, or as one Markdown text to hand to a program: front page, overview, then every brief."""
    return join_site(material, plan_site(material, formats=(format,), options=options, audience=audience), format)


def join_site(material: Material, files: Mapping[str, bytes], format_: Format) -> str:
    """The pages of one format in one text, in the order in which they are read."""
    order = ["index", "overview", "_needs", "_flagged", *(page_name(one) for _, one in material.workspace.walk())]
    pages = [(name, files[f"{name}.{format_}"].decode()) for name in dict.fromkeys(order) if f"{name}.{format_}" in files]
    return join_pages(pages) if format_ == "html" else "\n---\n\n".join(text for _, text in pages)


def _index_json(whole: Whole, pieces: Mapping[str, Piece], formats: Sequence[Format]) -> bytes:
    """The site for other programs; a new key keeps the version, one that goes away raises it."""
    data = {"version": _INDEX_VERSION, "tool": f"microseg {__version__}", "title": whole.title, "sources": whole.digest, "segments": None}
    head = visible(json.dumps(data, ensure_ascii=False, indent=1)).removesuffix("null\n}")
    entries = ",\n  ".join(_entry(one, formats) for one in pieces.values())
    return (head + (f"[\n  {entries}\n ]" if pieces else "[]") + "\n}\n").encode("utf-8", "backslashreplace")


def _entry(piece: Piece, formats: Sequence[Format]) -> str:
    """What is said of a segment with where its pages are, as it stands in a list: texts have no line ends in JSON."""
    pages = json.dumps({format_: f"{piece.row.link.id}.{format_}" for format_ in formats}, ensure_ascii=False, indent=1).replace("\n", "\n ")
    return f'{piece.entry.removesuffix(chr(10) + "}")},\n "pages": {pages}\n}}'.replace("\n", "\n  ")

"""The whole site as files: planned as bytes first, then only what changed is written, and what nobody plans any more is removed."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from microseg import __version__
from microseg.briefs.escape import visible
from microseg.briefs.flagged import Flagged, flagged_view
from microseg.briefs.frame import frame_of
from microseg.briefs.frame import text_of as frame_text
from microseg.briefs.inputs import page_keys
from microseg.briefs.maker import made_with, whole_key
from microseg.briefs.making import Order, begin_briefs, packed, unpacked
from microseg.briefs.material import page_name
from microseg.briefs.pieces import Kept
from microseg.briefs.render import Format, Options, Page, encode_pages, flagged_page, has_templates, whole_page
from microseg.briefs.single import join_pages
from microseg.briefs.whole_view import cover_of, pieces_in, whole_of
from microseg.project.workers import processes, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from microseg.briefs.making import Put
    from microseg.briefs.material import Material
    from microseg.briefs.pieces import Piece
    from microseg.briefs.whole import Whole

FORMATS: tuple[Format, ...] = ("md", "html")
_INDEX_VERSION = 1
_typed = json.JSONEncoder(ensure_ascii=False).encode
_MANY = 1_000  # findings: of fewer the page is made before a second process would have begun


class Site(NamedTuple):
    """What a build comes to: the files that were made (their bytes, or what `put` gave), those that are as they were, what every page was made from, by path, and what is said of each segment.

    `made_with` stands for what all pages share.
    """

    files: dict[str, bytes]
    kept: frozenset[str]
    keys: dict[str, str]
    pieces: Kept
    made_with: str = ""


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
    common = common_key(material, formats, chosen, audience, settings)
    order = partial(Order, formats, chosen, audience, put=put or as_it_is)
    is_first = not known and not (pieces and pieces.pieces)
    begun = begin_briefs(material, order()) if is_first else None  # others begin, while it is worked out here what pages were made from
    named_keys = page_keys(material, common)
    keys = {f"{name}.{format_}": key for name, key in named_keys.items() for format_ in formats}
    kept = frozenset(path for path, key in keys.items() if known.get(path) == key)
    known_pieces = {} if pieces is None else pieces.under(named_keys)
    made = begun() if begun is not None else begin_briefs(material, order(kept=kept, known=known_pieces))()
    texts = known_pieces | {name: text.decode() for name, text in made.pieces.items()}
    frame, held = frame_of(material), pieces_in(material, texts)
    about = About(whole_of(cover_of(material, frame), frame, held), held, lambda: flagged_view(material, material.findings), len(material.findings))
    files = made.pages | about_all(about, formats, chosen, put or as_it_is)
    told = {name: (key, texts[name]) for name, key in named_keys.items() if name in texts}
    return Site(files, kept, keys, Kept(told, frame_text(frame)), common)


def common_key(material: Material, formats: Sequence[Format], options: Options, audience: str, settings: str) -> str:
    """A hash over what all pages share: `settings` is that of the workspace's settings."""
    asked = repr(options._replace(templates=None))
    return whole_key([made_with(formats, options.templates, audience, asked), settings, str(material.as_of)])


def as_it_is(_: str, data: bytes) -> bytes:
    """What to do with a page that is only wanted: nothing."""
    return data


class About(NamedTuple):
    """What the files about all segments show; `flagged` is asked where its page is made, and holds so many flags as were `found`."""

    whole: Whole
    pieces: Mapping[str, Piece]
    flagged: Callable[[], tuple[Flagged, ...]]
    found: int


def about_all(about: About, formats: Sequence[Format], options: Options, put: Put) -> dict[str, bytes]:
    """The files about all segments; where much was found, another process makes some of them meanwhile. `put` is called in whichever process makes a file."""

    def work(number: int) -> dict[str, bytes]:
        kinds = groups[number]
        named = [one for kind, pages in _PAGES.items() if kind in kinds for one in pages(about, formats, options)]
        files = dict(zip([path for path, _ in named], encode_pages([page for _, page in named], options.templates), strict=True))
        return {path: put(path, data) for path, data in (files | (data_files(about.whole, about.pieces, formats) if _DATA in kinds else {})).items()}

    is_shared = about.found > _MANY and not (options.templates is not None and has_templates(options.templates))
    groups = [(kind,) for kind in _KINDS] if is_shared else [_KINDS]
    parts = share(len(groups), work, encode=lambda _, files: packed(files), decode=lambda _, sent: unpacked(sent), among=processes() if is_shared else 1)
    return {path: data for _, files in sorted(parts) for path, data in files.items()}


def data_files(whole: Whole, pieces: Mapping[str, Piece], formats: Sequence[Format]) -> dict[str, bytes]:
    """The site for other programs, and what the front page searches."""
    files = {"index.json": _index_json(whole, pieces, formats)}
    if "html" in formats:
        files["search_index.js"] = f"window.MICROSEG_INDEX=[{','.join(one.words for one in pieces.values())}];\n".encode("utf-8", "backslashreplace")
    return files


def whole_pages(whole: Whole, flagged: tuple[Flagged, ...], formats: Sequence[Format], options: Options) -> Iterator[tuple[str, Page]]:
    """The pages about all segments."""
    about = About(whole, {}, lambda: flagged, sum(len(one.flags) for one in flagged))
    for pages in _PAGES.values():
        yield from pages(about, formats, options)


def _overviews(about: About, formats: Sequence[Format], options: Options) -> Iterator[tuple[str, Page]]:
    for format_ in formats:
        for name in ("index", "overview"):
            yield f"{name}.{format_}", whole_page(name, about.whole, format_, options, flagged=about.found)


def _flagged(about: About, formats: Sequence[Format], options: Options) -> Iterator[tuple[str, Page]]:
    if "html" in formats and about.found:
        yield "_flagged.html", flagged_page(about.flagged(), about.whole, options)


def _needs(about: About, formats: Sequence[Format], options: Options) -> Iterator[tuple[str, Page]]:
    if "html" in formats and (about.whole.matrices or about.whole.ranking):
        yield "_needs.html", whole_page("needs", about.whole, "html", options)


_PAGES = {"needs": _needs, "overviews": _overviews, "flagged": _flagged}  # what takes longest first
_DATA = "data"
_KINDS = (*_PAGES, _DATA)


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
    pages = ",\n".join([f'  {_typed(format_)}: {_typed(f"{piece.row.link.id}.{format_}")}' for format_ in formats])
    laid_out = f"{{\n{pages}\n }}" if formats else "{}"
    return f'{piece.entry.removesuffix(chr(10) + "}")},\n "pages": {laid_out}\n}}'.replace("\n", "\n  ")

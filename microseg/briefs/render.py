"""Plain data in, a page as text out: what each template is handed, and whether Python or the template engine makes the page.

The shipped templates are kept as Python too (shipped/), which takes a fraction of the engine's time and none of its start.
That is only used while they lie in their folder as they were when it was written; otherwise, and for a team's own, the
engine reads them (engine.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

from microseg import __version__
from microseg.briefs.charts import bullet
from microseg.briefs.filters import Raw
from microseg.briefs.flagged import Flagged
from microseg.briefs.map_chart import map_svg
from microseg.briefs.page import Brief, Link
from microseg.briefs.tree_bars import tree_bars_svg
from microseg.briefs.tree_chart import tree_svg
from microseg.briefs.whole import Whole
from microseg.resources import folder

Format = Literal["md", "html"]
Flavor = Literal["plain", "github"]
Tables = Literal["table", "list"]
MOST_PICTURES = 3
_LARGE = 10_000  # characters: only a style is so long
_AT_ONCE = 25  # pages
_EMPTY = re.compile(r"\n[ \t]*\n[ \t\n]*\n")


class Options(NamedTuple):
    """How pages are written. `is_linked`: the pages of other segments lie beside this one. `templates`: the team's own folder."""

    templates: Path | None = None
    is_linked: bool = False
    flavor: Flavor = "plain"
    tables: Tables = "table"
    front_matter: bool = False


class Pictures(NamedTuple):
    """The pictures of a brief as SVG, empty where there is nothing to draw; `bullets` by the anchor of their card."""

    tree: Raw
    map: Raw
    bullets: Mapping[str, Raw]


class Page(NamedTuple):
    """One page to make: the template's name and what it is handed."""

    template: str
    variables: Mapping[str, Any]

    @property
    def format(self) -> Format:
        """By what comes before the last point of the template's name."""
        return "md" if self.template.endswith(".md.j2") else "html"


def render_brief(brief: Brief, *, format: Format, options: Options | None = None) -> str:  # noqa: A002 - the command line's own word
    """A brief as one self-contained page. Raises TemplateError where a team's template is wrong."""
    chosen = options or Options()
    return next(iter(render_pages([brief_page(brief, format, chosen)], chosen.templates)))


def brief_page(brief: Brief, format_: Format, options: Options) -> Page:
    """What the template of a brief is handed: `brief`, `options`, `pictures` and `version`."""
    pictures = None if format_ == "md" else _pictures(brief, options)
    return Page(f"brief.{format_}.j2", {"brief": brief, "options": _options(options), "pictures": pictures, "version": __version__})


def render_overview(whole: Whole, *, format: Format, options: Options | None = None) -> str:  # noqa: A002
    """The whole tree on one page."""
    chosen = options or Options()
    return next(iter(render_pages([whole_page("overview", whole, format, chosen)], chosen.templates)))


def render_index(whole: Whole, *, format: Format, options: Options | None = None) -> str:  # noqa: A002
    """The front page of a site."""
    chosen = options or Options(is_linked=True)
    return next(iter(render_pages([whole_page("index", whole, format, chosen)], chosen.templates)))


def whole_page(name: str, whole: Whole, format_: Format, options: Options, *, flagged: int = 0) -> Page:
    """What the templates of pages about all segments are handed: `whole`, `options`, `pictures`, `flagged` and `version`."""
    drawn = whole.pictures[:MOST_PICTURES] if format_ == "html" and name == "index" else ()
    pictures = [(Raw(tree_svg(one, href=_href(options))), Raw(tree_bars_svg(one, href=_href(options)))) for one in drawn]
    return Page(f"{name}.{format_}.j2", {"whole": whole, "options": _options(options), "pictures": pictures, "flagged": flagged, "version": __version__})


def flagged_page(flagged: tuple[Flagged, ...], whole: Whole, options: Options) -> Page:
    """What the template of flagged places is handed: `flagged`, `whole`, `options` and `version`."""
    return Page("flagged.html.j2", {"flagged": flagged, "whole": whole, "options": _options(options), "version": __version__})


def _href(options: Options) -> Callable[[Link], str]:
    """Where names lead to in pictures."""
    return lambda link: f"{link.id}.html" if options.is_linked and link.id else ""


def _options(options: Options) -> Options:
    """What a template may know of the options: not where it lies."""
    return options if options.templates is None else options._replace(templates=None)


def _pictures(brief: Brief, options: Options) -> Pictures:
    bullets = {one.anchor: Raw(bullet(one.target)) for one in brief.cards if one.target is not None}
    return Pictures(Raw(tree_svg(brief.place, href=_href(options))), Raw(map_svg(brief) if brief.has_map else ""), bullets)


def render_pages(pages: Iterable[Page], templates: Path | None) -> Iterator[str]:
    """Pages in order. The shipped templates run here; where the team has templates of its own, all run in a process with limits."""
    if templates is not None and has_templates(templates):
        from microseg.briefs.isolated import render_isolated

        yield from render_isolated(pages, templates)
        return
    for page in pages:
        yield tidy(render_shipped(page), page)


def encode_pages(pages: Iterable[Page], templates: Path | None) -> Iterator[bytes]:
    """The same as they stand in files, in UTF-8. Some dozens are made step by step: a step after the other over all of them takes an eighth less time."""
    if not is_as_shipped() or (templates is not None and has_templates(templates)):
        yield from map(_encoded, render_pages(pages, templates))
        return
    coming = iter(pages)
    while some := list(islice(coming, _AT_ONCE)):
        made = [_python_of(page.template)(**page.variables) for page in some]
        yield from [_encoded_pieces(pieces, page) for pieces, page in zip(made, some, strict=True)]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _encoded_pieces(pieces: list[str], page: Page) -> bytes:
    """A page, tidied. Its style, half of it and the same on many pages, is tidied and encoded once."""
    at = -1 if page.format == "md" else next((at for at, piece in enumerate(pieces) if len(piece) > _LARGE and not piece.isspace()), -1)
    if at < 0:
        return _encoded(tidy("".join(pieces), page))
    before, large, behind = _tidied_large(pieces[at])
    head = _EMPTY.sub("\n", "".join(pieces[:at]) + before).lstrip()
    rest = _EMPTY.sub("\n", behind + "".join(pieces[at + 1 :])).rstrip()
    return b"".join((_encoded(head), large, _encoded(rest), b"\n"))


@lru_cache(maxsize=8)
def _tidied_large(piece: str) -> tuple[str, bytes, str]:
    """A large piece of HTML, and the blanks before and behind it, which are tidied with what stands there."""
    large = piece.strip()
    start = piece.index(large)
    return piece[:start], _encoded(_EMPTY.sub("\n", large)), piece[start + len(large) :]


def load_templates(format_: Format) -> None:
    """Load the shipped template of a brief, and what it imports, now rather than with the first page."""
    if is_as_shipped():
        _python_of(f"brief.{format_}.j2")


def render_shipped(page: Page) -> str:
    """One page with the shipped templates, untidied."""
    if is_as_shipped():
        return "".join(_python_of(page.template)(**page.variables))
    from microseg.briefs.engine import render_shipped as render_by_engine

    return render_by_engine(page)


@lru_cache(maxsize=1)
def is_as_shipped() -> bool:
    """Do the templates lie in their folder as they were when they were made Python? A changed one is never served stale."""
    import hashlib

    from microseg.briefs.shipped import SOURCES

    place = folder("templates")
    return all((place / name).is_file() and hashlib.sha256((place / name).read_bytes()).hexdigest() == made_from for name, made_from in SOURCES.items())


@lru_cache(maxsize=16)
def _python_of(template: str) -> Callable[..., list[str]]:
    from microseg.briefs.shipped import load

    return load(template)


def tidy(text: str, page: Page) -> str:
    """A page without the runs of empty lines that conditions leave behind; it ends with one line end."""
    return _EMPTY.sub("\n\n" if page.format == "md" else "\n", text).strip() + "\n"


def has_templates(templates: Path) -> bool:
    """Does the team's folder hold a template?"""
    return templates.is_dir() and any(path.suffix in {".j2", ".css", ".js"} for path in templates.iterdir())

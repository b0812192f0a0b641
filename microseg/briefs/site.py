"""The whole site as files: planned as bytes first, then only what changed is written, and what nobody plans any more is removed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from microseg import __version__
from microseg.briefs.flagged import Flagged, flagged_view
from microseg.briefs.render import Format, Options, Page, brief_page, flagged_page, render_pages, whole_page
from microseg.briefs.single import join_pages
from microseg.briefs.view import view_brief
from microseg.briefs.whole_view import view_whole
from microseg.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from microseg.briefs.material import Material
    from microseg.briefs.page import Brief
    from microseg.briefs.whole import Whole
    from microseg.lint.finding import Finding

FORMATS: tuple[Format, ...] = ("md", "html")
_INDEX_VERSION = 1


def plan_site(
    material: Material, *, formats: Sequence[Format] = FORMATS, options: Options | None = None, audience: str = "", findings: Sequence[Finding] = ()
) -> dict[str, bytes]:
    """Every file of the site by its path below the output folder; nothing is written. Raises TemplateError.

    `findings` are shown on a page of their own, and counted on the front page.
    """
    chosen = (options or Options())._replace(is_linked=True)
    whole = view_whole(material)
    entries: list[dict[str, Any]] = []
    words: list[list[str]] = []
    paths: list[str] = []

    def pages() -> Iterator[Page]:
        """One page at a time, so that a large site never lies in memory as views and pictures."""
        for segment in material.workspace.by_id.values():
            brief = view_brief(material, segment, audience=audience)
            entries.append(_entry(brief, formats))
            words.append(_searched(brief))
            for format_ in formats:
                paths.append(f"{brief.id}.{format_}")
                yield brief_page(brief, format_, chosen)
        for path, page in _whole_pages(whole, flagged_view(material, findings), formats, chosen):
            paths.append(path)
            yield page

    files: dict[str, bytes] = {}
    for text in render_pages(pages(), chosen.templates):
        files[paths[len(files)]] = text.encode("utf-8", "backslashreplace")
    files["index.json"] = _index_json(whole, entries)
    if "html" in formats:
        files["search_index.js"] = f"window.MICROSEG_INDEX={script_json(words)};\n".encode("utf-8", "backslashreplace")
    return files


def _whole_pages(whole: Whole, flagged: tuple[Flagged, ...], formats: Sequence[Format], options: Options) -> Iterator[tuple[str, Page]]:
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
    files = plan_site(material, formats=(format,), options=options, audience=audience)
    order = ["index", "overview", "_needs", *(one.id or "" for _, one in material.workspace.walk())]
    pages = [(name, files[f"{name}.{format}"].decode()) for name in dict.fromkeys(order) if f"{name}.{format}" in files]
    return join_pages(pages) if format == "html" else "\n---\n\n".join(text for _, text in pages)


def site_key(material: Material, sources: Iterable[tuple[str, bytes]], *, formats: Sequence[Format] = FORMATS, options: Options | None = None, audience: str = "") -> str:
    """A hash over everything a site is made from: `sources` are path and bytes of all files, settings included."""
    chosen = options or Options()
    parts = [__version__, ",".join(formats), audience, repr(chosen._replace(templates=None)), str(material.as_of)]
    parts += [f"{path} {hashlib.sha256(data).hexdigest()}" for path, data in sources]
    for place in (folder("templates"), chosen.templates):
        if place is not None and place.is_dir():
            parts += [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(place.iterdir()) if path.is_file()]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _index_json(whole: Whole, entries: list[dict[str, Any]]) -> bytes:
    """The site for other programs; a new key keeps the version, one that goes away raises it."""
    data = {
        "version": _INDEX_VERSION,
        "tool": f"microseg {__version__}",
        "title": whole.title,
        "sources": whole.digest,
        "segments": entries,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _entry(brief: Brief, formats: Sequence[Format]) -> dict[str, Any]:
    return {
        "id": brief.id,
        "name": brief.name,
        "parent": brief.path[-1].id if brief.path else None,
        "level": brief.level.lower(),
        "status": brief.status,
        "owner": brief.owner or None,
        "tags": list(brief.tags),
        "definition": brief.definition or None,
        "bet": brief.bet.headline or None,
        "targeting": brief.bet.targeting or None,
        "top_pain": brief.top.statement if brief.top is not None else None,
        "pages": {format_: f"{brief.id}.{format_}" for format_ in formats},
    }


def _searched(brief: Brief) -> list[str]:
    """What the front page searches of a segment: its id, name, keyword, own pains with their cures, definition, bet and tags."""
    return [brief.id, brief.name, brief.people.keyword, " · ".join(_said(brief)), " · ".join((brief.definition, brief.bet.headline, *brief.tags))]


def _said(brief: Brief) -> list[str]:
    own = [pain for pain in (*brief.pains, *brief.more_pains) if pain.origin is None]
    return [text for pain in own for text in (pain.statement, *(cure.statement for cure in pain.solutions))]


def script_json(value: object) -> str:
    """JSON that may stand in a script: nothing in it can end the script or a line of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

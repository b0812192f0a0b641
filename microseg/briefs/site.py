"""The whole site as files: planned as bytes first, then only what changed is written, and what nobody plans any more is removed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from microseg import __version__
from microseg.briefs.flagged import flagged_view
from microseg.briefs.render import Format, Options, Page, brief_page, flagged_page, render_pages, whole_page
from microseg.briefs.single import join_pages
from microseg.briefs.view import view_brief
from microseg.briefs.whole_view import view_whole
from microseg.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    segments = tuple(material.workspace.by_id.values())
    briefs = [view_brief(material, one, audience=audience) for one in segments]
    whole = view_whole(material)
    pages: dict[str, Page] = {}
    for format_ in formats:
        for brief in briefs:
            pages[f"{brief.id}.{format_}"] = brief_page(brief, format_, chosen)
        for name in ("index", "overview"):
            pages[f"{name}.{format_}"] = whole_page(name, whole, format_, chosen, flagged=len(findings))
    if "html" in formats and findings:
        pages["_flagged.html"] = flagged_page(flagged_view(material, findings), whole, chosen)
    if "html" in formats and (whole.matrices or whole.ranking):
        pages["_needs.html"] = whole_page("needs", whole, "html", chosen)
    texts = render_pages(tuple(pages.values()), chosen.templates)
    files = {path: text.encode() for path, text in zip(pages, texts, strict=True)}
    files["index.json"] = _index_json(whole, briefs, formats)
    if "html" in formats:
        files["search_index.js"] = _search_index(briefs)
    return files


def plan_single(material: Material, *, options: Options | None = None, audience: str = "") -> str:
    """The whole site as one HTML page to mail: the front page, the overview and every brief, one below the other."""
    files = plan_site(material, formats=("html",), options=options, audience=audience)
    order = ["index.html", "overview.html", *(f"{one.id}.html" for _, one in material.workspace.walk())]
    return join_pages([(path.removesuffix(".html"), files[path].decode()) for path in dict.fromkeys(order) if path in files])


def site_key(material: Material, sources: Iterable[tuple[str, bytes]], *, formats: Sequence[Format] = FORMATS, options: Options | None = None, audience: str = "") -> str:
    """A hash over everything a site is made from: `sources` are path and bytes of all files, settings included."""
    chosen = options or Options()
    parts = [__version__, ",".join(formats), audience, repr(chosen._replace(templates=None)), str(material.as_of)]
    parts += [f"{path} {hashlib.sha256(data).hexdigest()}" for path, data in sources]
    for place in (folder("templates"), chosen.templates):
        if place is not None and place.is_dir():
            parts += [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(place.iterdir()) if path.is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _index_json(whole: Whole, briefs: list[Brief], formats: Sequence[Format]) -> bytes:
    """The site for other programs; a new key keeps the version, one that goes away raises it."""
    data = {
        "version": _INDEX_VERSION,
        "tool": f"microseg {__version__}",
        "title": whole.title,
        "sources": whole.digest,
        "segments": [_entry(brief, formats) for brief in briefs],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


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


def _search_index(briefs: list[Brief]) -> bytes:
    """What the front page searches: for each segment its id, name, keyword, and its own pains with their cures. A script, for file://."""
    entries = [[brief.id, brief.name, brief.people.keyword, " · ".join(_said(brief)), " · ".join((brief.definition, brief.bet.headline, *brief.tags))] for brief in briefs]
    return f"window.MICROSEG_INDEX={script_json(entries)};\n".encode()


def _said(brief: Brief) -> list[str]:
    own = [pain for pain in (*brief.pains, *brief.more_pains) if pain.origin is None]
    return [text for pain in own for text in (pain.statement, *(cure.statement for cure in pain.solutions))]


def script_json(value: object) -> str:
    """JSON that may stand in a script: nothing in it can end the script or a line of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

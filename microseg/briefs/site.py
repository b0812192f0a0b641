"""The whole site as files: planned as bytes first, then only what changed is written, and what nobody plans any more is removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg import __version__
from microseg.briefs.flagged import Flagged, flagged_view
from microseg.briefs.glance import glance
from microseg.briefs.inputs import page_keys
from microseg.briefs.maker import made_with, whole_key
from microseg.briefs.making import make_briefs
from microseg.briefs.material import page_name
from microseg.briefs.render import Format, Options, Page, flagged_page, render_pages, whole_page
from microseg.briefs.single import join_pages
from microseg.briefs.whole_view import view_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from microseg.briefs.material import Material
    from microseg.briefs.whole import Whole
    from microseg.lint.finding import Finding

FORMATS: tuple[Format, ...] = ("md", "html")
_INDEX_VERSION = 1


class Site(NamedTuple):
    """What a build comes to: the files that were made, those that are as they were, and what every page was made from, by path."""

    files: dict[str, bytes]
    kept: frozenset[str]
    keys: dict[str, str]


def plan_site(
    material: Material, *, formats: Sequence[Format] = FORMATS, options: Options | None = None, audience: str = "", findings: Sequence[Finding] = ()
) -> dict[str, bytes]:
    """Every file of the site by its path below the output folder; nothing is written. Raises TemplateError.

    `findings` are shown on a page of their own, and counted on the front page.
    """
    return plan_changes(material, {}, formats=formats, options=options, audience=audience, findings=findings).files


def plan_changes(
    material: Material,
    known: Mapping[str, str],
    *,
    formats: Sequence[Format] = FORMATS,
    options: Options | None = None,
    audience: str = "",
    findings: Sequence[Finding] = (),
    settings: str = "",
) -> Site:
    """The site without the briefs that are `known`: path and key of pages that lie in the folder as they were made.

    `settings` is the hash of the workspace's settings. Raises TemplateError.
    """
    chosen = (options or Options())._replace(is_linked=True)
    common = whole_key([made_with(formats, chosen.templates, audience, repr(chosen._replace(templates=None))), settings, str(material.as_of)])
    keys = {f"{name}.{format_}": key for name, key in page_keys(material, common).items() for format_ in formats}
    kept = frozenset(path for path, key in keys.items() if known.get(path) == key)
    whole = view_whole(material, findings)
    files = make_briefs(material, formats, chosen, audience=audience, kept=kept)
    named = list(whole_pages(whole, flagged_view(material, findings), formats, chosen))
    texts = render_pages([page for _, page in named], chosen.templates)
    files |= {path: text.encode("utf-8", "backslashreplace") for (path, _), text in zip(named, texts, strict=True)}
    return Site(files | data_files(whole, material, formats), kept, keys)


def data_files(whole: Whole, material: Material, formats: Sequence[Format]) -> dict[str, bytes]:
    """The site for other programs, and what the front page searches."""
    seen = [glance(segment, material, formats) for segment in material.workspace.by_id.values()]
    files = {"index.json": _index_json(whole, [one.entry for one in seen])}
    if "html" in formats:
        files["search_index.js"] = f"window.MICROSEG_INDEX={script_json([one.words for one in seen])};\n".encode("utf-8", "backslashreplace")
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


def script_json(value: object) -> str:
    """JSON that may stand in a script: nothing in it can end the script or a line of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

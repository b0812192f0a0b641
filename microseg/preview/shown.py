"""One state of the site: the page that is asked for is made then, so that a change shows at once however many pages there are."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from microseg.briefs.flagged import flagged_view
from microseg.briefs.material import page_name
from microseg.briefs.render import Options, brief_page
from microseg.briefs.site import FORMATS, data_files, whole_pages
from microseg.briefs.view import view_brief
from microseg.briefs.whole_view import pieces_in, view_whole
from microseg.errors import TemplateError

if TYPE_CHECKING:
    from microseg.briefs.material import Material
    from microseg.briefs.render import Format, Page
    from microseg.preview.renderer import Renderer

_TYPES = {"html": "text/html", "md": "text/markdown", "js": "text/javascript", "json": "application/json"}


class Answer(NamedTuple):
    """A body with its media type; `is_page` for what a browser shows as a page. `problem` is said instead where a template is wrong."""

    body: bytes
    media: str
    problem: str = ""


class Shown:
    """A state of the site."""

    def __init__(self, material: Material, renderer: Renderer) -> None:
        """Nothing is made yet."""
        self._material = material
        self._renderer = renderer
        self._options = Options(templates=renderer.templates, is_linked=True)
        self._segments = {page_name(one): one for one in material.workspace.by_id.values()}
        self._made: dict[str, Answer] = {}
        self._lock = Lock()

    def answer(self, path: str) -> Answer | None:
        """The page or file of that path, as `microseg build` would write it; None where it would write none."""
        with self._lock:
            if path not in self._made:
                found = self._make(path)
                if found is None:
                    return None
                self._made[path] = found
            return self._made[path]

    def _make(self, path: str) -> Answer | None:
        name, _, kind = path.rpartition(".")
        format_ = next((one for one in FORMATS if one == kind), None)
        segment = self._segments.get(name)
        if format_ is not None and segment is not None:
            return self._render(brief_page(view_brief(self._material, segment), format_, self._options), format_)
        if path in {"index.json", "search_index.js"}:
            pieces = pieces_in(self._material)
            return Answer(data_files(view_whole(self._material, pieces), pieces, FORMATS)[path], _TYPES[kind])
        if format_ is None or name not in {"index", "overview", "_needs", "_flagged"}:
            return None
        flagged = flagged_view(self._material, self._material.findings)
        pages = dict(whole_pages(view_whole(self._material), flagged, FORMATS, self._options))
        return self._render(pages[path], format_) if path in pages else None

    def _render(self, page: Page, format_: Format) -> Answer:
        try:
            text = self._renderer.render(page)
        except TemplateError as error:
            return Answer(b"", _TYPES[format_], f"{error.message} ({error.hint})")
        return Answer(text.encode("utf-8", "backslashreplace"), _TYPES[format_])

"""Pages one at a time, with the process that runs a team's own templates kept between them: its start takes longer than a page."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from microseg.briefs.render import render_pages
from microseg.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from microseg.briefs.render import Page


class Renderer:
    """Makes pages with one state of the templates. `templates` is the team's own folder, or None."""

    def __init__(self, templates: Path | None) -> None:
        """Nothing is started before the first page."""
        self.templates = templates
        self._waiting: list[Page] = []
        self._texts: Iterator[str] | None = None
        self._lock = Lock()

    def render(self, page: Page) -> str:
        """One page. Raises TemplateError."""
        with self._lock:
            if self._texts is None:
                self._texts = render_pages(self._asked(), self.templates)
            self._waiting.append(page)
            try:
                return next(self._texts)
            except TemplateError:
                self._texts = None  # the process has ended with the mistake
                raise

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._texts is not None:
                self._texts.close()  # type: ignore[attr-defined]  # a generator
                self._texts = None

    def _asked(self) -> Generator[Page]:
        while True:
            yield self._waiting.pop()

"""A team's own templates, rendered in a process of their own under limits of time, memory and output.

The sandbox keeps a template from reaching files or the machine; it cannot keep one from asking for a gigabyte of zeros
or looping for an hour. The child is told what to render, sends back one page at a time, and is ended when a page takes too long.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microseg.errors import TemplateError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from microseg.briefs.render import Page

SECONDS = 10.0  # for one page, the start of the process included; an honest one takes milliseconds
MEMORY = 768 * 1024 * 1024


def render_isolated(pages: Iterable[Page], templates: Path, *, seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[str]:
    """The pages in order. Raises TemplateError where a template is wrong, takes too long or wants too much memory."""
    context = multiprocessing.get_context("spawn")  # a fork would copy threads and open files; spawn exists everywhere
    mine, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs, templates, memory), daemon=True)
    child.start()
    theirs.close()
    try:
        for page in pages:
            yield _ask(mine, page, seconds)
    finally:
        mine.close()
        child.kill()
        child.join()


def _ask(pipe: Connection, page: Page, seconds: float) -> str:
    """Sends one page to the child and waits for it."""
    try:
        pipe.send(page)
        if not pipe.poll(seconds):
            raise TemplateError(f"templates/{page.template} takes longer than {seconds:g} seconds for one page", "look for a loop over a very large range")
        kind, text, hint = pipe.recv()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        kind, text, hint = "error", f"templates/{page.template} was stopped: it wanted too much memory or time", _LESS
    if kind == "error":
        raise TemplateError(text, hint)
    return str(text)


_LESS = "look for a loop, a repeat or a format that makes very long texts"


def _serve(pipe: Connection, templates: Path, memory: int) -> None:
    """The child: renders what it is sent until nobody asks any more."""
    from microseg.briefs.engine import render_guarded

    _limit(memory)
    while True:
        try:
            page = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(render_guarded, page, templates, memory))


def _answer(render: Any, page: Page, templates: Path, memory: int) -> tuple[str, str, str]:
    try:
        return "page", render(page, templates), ""
    except TemplateError as error:
        return "error", error.message, error.hint
    except MemoryError:
        return "error", f"templates/{page.template} wants more than {memory // 1_048_576} million bytes of memory", _LESS


def _limit(memory: int) -> None:
    """Caps the address space where the system can; elsewhere the limits of time and output still hold."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

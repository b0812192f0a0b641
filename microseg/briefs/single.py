"""The whole site as one page: each page's content one below the other, its anchors made its own, links turned inwards."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MAIN = re.compile(r"<main id=\"main\">(.*?)</main>", re.DOTALL)
_SEARCH = re.compile(r"<form class=\"find\".*?</form>\s*<p id=\"found\".*?</p>\s*<ul class=\"plain hits\" id=\"hits\"></ul>", re.DOTALL)
_ID = re.compile(r"(<[a-z][^<>]*? id=\")([^\"]+)\"")
_LINK = re.compile(r"href=\"([^\"#:]*?)(?:\.html)?(?:#([^\"]*))?\"")
_SCRIPT = "(function(){"
_APART = ".page+.page{break-before:page;border-top:1px solid var(--line);margin-top:3rem;padding-top:1rem}"


def join_pages(pages: Sequence[tuple[str, str]]) -> str:
    """Pages as (name, HTML), the front page first, whose head and footer the whole gets. Links to what is not there lead to the top."""
    names = {name for name, _ in pages}
    first = pages[0][1]
    body = "\n".join(f'<div class="page" id="{name}">{_inner(name, text, names)}</div>' for name, text in pages)
    head = first[: first.index("<main")].replace("</head>", f"<style>{_APART}</style></head>", 1)
    return head + '<main id="main">' + body + _without_search(first[first.index("</main>") :])


def _inner(name: str, text: str, names: set[str]) -> str:
    found = _MAIN.search(text)
    inner = _SEARCH.sub("", found[1]) if found is not None else ""
    inner = _ID.sub(lambda hit: f'{hit[1]}{name}--{hit[2]}"', inner)
    return _LINK.sub(lambda hit: f'href="#{_target(hit[1] or name, hit[2], names)}"', inner)


def _target(page: str, fragment: str | None, names: set[str]) -> str:
    if page not in names:
        return "main"
    return f"{page}--{fragment}" if fragment else page


def _without_search(tail: str) -> str:
    """The end of the front page with the script of the theme button and without those of the search."""
    tail = tail.replace('<script src="search_index.js"></script>', "")
    second = tail.find(_SCRIPT, tail.find(_SCRIPT) + 1)
    return tail if second < 0 else tail[:second].rstrip() + "</script>\n</body>\n</html>\n"

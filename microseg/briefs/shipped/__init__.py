"""The shipped templates as Python: written by tools/compile_templates.py, never by hand.

`load(template)` is the function that makes the pieces of a page; `SOURCES` has the SHA-256 of every file that went into them.
"""

from collections.abc import Callable
from importlib import import_module

SOURCES = {
    "brief.css": "736a2aa8a342cf5a4d6f06a0bce6405e9cf2a91df8e5ba5f5ed51119441bdcc3",
    "brief.html.j2": "aecfe2dede5505b586ef30341c8cda8cbdcf02bee0bde0048f2d4296d35f0f2e",
    "brief.md.j2": "da16d6eacf924c49f6451795941f0f3f9f3131bce313f7029fb2a5b5c27bfb3f",
    "dark.css": "67a2ba891b53f4ba07feeddbad1669dd803566687b18dde5f7c80567d1361c1f",
    "flagged.html.j2": "ad82d0b69ce93ba763c492233ce0ef8ce8679963e014a05b98fe06075c66e923",
    "index.css": "337a477aef5f640368a2adbac76cad6c12f8c44dc9b12852d1e8d70c3de5a5ce",
    "index.html.j2": "b3258c68cba5a71dae44c7b62b9bdc14b1fd0250964e5c061d3df79056f7be76",
    "index.js": "da588102c1cbd90edaa546115320fa98b3981c8832cf8067bed0cc324190efa8",
    "index.md.j2": "c2b3a6fc3974d2733d41f1f52472a7e3450c9550f1c3cdea5342e92d5e8d92d3",
    "needs.html.j2": "68ae5c2e464027222e2132598bce772bbd2958794794697e615a7266887120d7",
    "overview.html.j2": "ccf22161c771f0be456c000a3a20f7f088a071b27cd9629ae9b3d80c7881ddcd",
    "overview.md.j2": "675f7d24effb6c98de6bd4fff10f7edd25d95305756704ff59f64ff823f4bb02",
    "page.css": "a76cba8a0ace8f3a754e0ff812a254956c3edfd3d2526b477843b51369472dcb",
    "page.js": "1920cd649cc60a3c90162fc331e192d760b8552cb7054c7ee45f94a29d90befb",
    "parts.html.j2": "640d7baa81bab5b5a22b115d87743d3fa572ef77cdb1b9d07dc1862adee84799",
    "parts.md.j2": "9d57e0d506bb44738d0150cef6019a119e34cc2b2dadab6cb2bee1056dc0cfb9",
}


def load(template: str) -> Callable[..., list[str]]:
    """What makes the page of a template, imported when it is asked for."""
    page: Callable[..., list[str]] = import_module(f"{__name__}.{template.removesuffix('.j2').replace('.', '_')}").page
    return page

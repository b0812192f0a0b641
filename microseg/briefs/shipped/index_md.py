"""templates/index.md.j2 as Python: written by tools/compile_templates.py, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs import filters
from microseg.briefs.filters import MARKDOWN as typed
from microseg.briefs.filters import linked_markdown as linked
from microseg.briefs.phrases import sentence, spelled, upper_first
from microseg.briefs.shipped import parts_md as parts
from microseg.briefs.tree_text import nested, tree_rows

if TYPE_CHECKING:
    from microseg.briefs.flagged import Flagged
    from microseg.briefs.page import Brief, Link, Node, Pain, Solution, Span, Target
    from microseg.briefs.render import Options, Pictures
    from microseg.briefs.whole import Row, Whole


def page(*, whole: Whole, options: Options, pictures: Sequence[tuple[str, str]], flagged: int, version: str) -> list[str]:
    out: list[str] = []
    if options.front_matter:
        out += ('---\ntitle: ', filters.quoted_for_yaml(whole.title), '\n---\n\n')
    out += ('# ', typed[whole.title], '\n\n', typed[whole.summary], '\n\n')
    for one_1 in whole.rows:
        out += (filters.indent_list(one_1.depth), '- ', linked(one_1.link, options))
        if one_1.share:
            out += (' (', typed[one_1.share], ')')
        if (one_1.status != 'active'):
            out += (' · ', typed[one_1.status])
        if (one_1.focus == 'now'):
            out.append(' · **in focus**')
        if one_1.pain:
            out += (': ', typed[one_1.pain])
        out.append('\n')
    out.append('\n[On one page](overview.md)')
    return out

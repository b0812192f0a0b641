"""templates/overview.md.j2 as Python: written by tools/compile_templates.py, never by hand."""

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
        out += ('---\ntitle: ', filters.quoted_for_yaml((whole.title + ' on one page')), '\n---\n\n')
    out += ('# ', typed[whole.title], ' on one page\n\n', typed[whole.summary], '\n\n')
    for group_1 in whole.groups:
        out += ('## ', typed[group_1.name], '\n\n')
        if (options.tables == 'list'):
            for one_2 in group_1.rows:
                out += ('- **', linked(one_2.link, options), '**')
                if (one_2.status != 'active'):
                    out += (' (', typed[one_2.status], ')')
                out += ('\n    - What hurts most: ', typed[(one_2.pain or 'not written down yet')], '\n    - Bet: ', typed[(one_2.bet or 'none yet')], '\n    - Size: ', typed[(one_2.size or 'unknown')])
                if one_2.share:
                    out += (', ', typed[one_2.share])
                out += ('\n    - Goal: ', typed[(one_2.goal or 'none yet')])
                if one_2.by:
                    out += (', by ', typed[one_2.by])
                if one_2.is_overdue:
                    out.append(' (**overdue**)')
                out += ('\n    - Proof: ', typed[(one_2.proof or 'none yet')], '\n')
        else:
            out.append('| Segment | What hurts most | Bet | Goal |\n| --- | --- | --- | --- |\n')
            for one_3 in group_1.rows:
                out += ('| **', linked(one_3.link, options), '**')
                if (one_3.status != 'active'):
                    out += (' (', typed[one_3.status], ')')
                if one_3.size:
                    out += (', ', typed[one_3.size])
                out += (' | ', typed[(one_3.pain or 'not written down yet')], ' (proof: ', typed[(one_3.proof or 'none yet')], ') | ', typed[(one_3.bet or 'none yet')], ' | ', typed[(one_3.goal or 'none yet')])
                if one_3.by:
                    out += (', by ', typed[one_3.by])
                if one_3.is_overdue:
                    out.append(' (**overdue**)')
                out.append(' |\n')
        out.append('\n')
    if whole.not_chasing:
        out.append('## What we do not chase\n\n')
        for link_4, things_4 in whole.not_chasing:
            out += ('- ', typed[', '.join(things_4)], ' (', typed[link_4.name], ')\n')
        out.append('\n')
    if whole.requests:
        out.append('## What we ask of you\n\n')
        for one_5 in whole.requests:
            out += ('- ', typed[one_5.what])
            if (one_5.who or one_5.by):
                out += (' (', typed[', '.join([each for each in [one_5.who, one_5.by] if each])], ')')
            if one_5.is_overdue:
                out.append(' **overdue**')
            out.append('\n')
    return out

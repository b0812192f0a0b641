"""templates/parts.md.j2 as Python: written by tools/compile_templates.py, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs import filters
from microseg.briefs.filters import MARKDOWN as typed
from microseg.briefs.filters import linked_markdown as linked
from microseg.briefs.phrases import sentence, spelled, upper_first
from microseg.briefs.tree_text import nested, tree_rows

if TYPE_CHECKING:
    from microseg.briefs.flagged import Flagged
    from microseg.briefs.page import Brief, Link, Node, Pain, Solution, Span, Target
    from microseg.briefs.render import Options, Pictures
    from microseg.briefs.whole import Row, Whole


def seg(link: Link, options: Options) -> str:
    out: list[str] = []
    out.append(linked(link, options))
    return "".join(out)


def tree(root: Node, options: Options) -> str:
    out: list[str] = []
    for depth_1, one_1, more_1 in tree_rows(root):
        out += (filters.indent_list(depth_1), '- ')
        if more_1:
            out += ('and ', typed[more_1], ' more')
        elif one_1.is_here:
            out += ('**', typed[one_1.link.name], '**')
        else:
            out.append(linked(one_1.link, options))
        if ((not more_1) and one_1.share):
            out += (' (', typed[one_1.share], ')')
        out.append('\n')
    return "".join(out)


def proof(pain: Pain, options: Options) -> str:
    out: list[str] = []
    out += ('(', typed[(pain.evidence or 'no evidence yet')])
    if (pain.is_guess and pain.scored):
        out += ('; scores: ', typed[pain.scored])
    if pain.origin:
        out += ('; felt by all of ', seg(pain.origin, options))
    out.append(')')
    return "".join(out)


def stage(cure: Solution, options: Options) -> str:
    out: list[str] = []
    if (cure.stage or cure.meant_for):
        out += (' (', typed[', '.join([each for each in [cure.stage, (('for ' + cure.meant_for) if cure.meant_for else '')] if each])], ')')
    return "".join(out)


def target(one: Target, options: Options) -> str:
    out: list[str] = []
    out.append(typed[one.metric])
    if (one.baseline or one.target):
        if one.metric:
            out.append(': ')
        out += (typed[(one.baseline or 'unknown')], ' → **', typed[(one.target or 'no target yet')], '**')
    return "".join(out)


def spans(line: Sequence[Span], options: Options) -> str:
    out: list[str] = []
    for one_2 in line:
        if one_2.link:
            out += ('[', typed[one_2.text], '](', filters.target(one_2.link), ')')
        elif (one_2.mark == 'strong'):
            out += ('**', typed[one_2.text], '**')
        elif (one_2.mark == 'em'):
            out += ('*', typed[one_2.text], '*')
        elif (one_2.mark == 'code'):
            out += ('`', filters.code(one_2.text), '`')
        else:
            out.append(filters.inside(one_2.text))
    return "".join(out)


@lru_cache(maxsize=512)
def pain_cells(pain: Pain, options: Options) -> str:
    out: list[str] = []
    out += ('| ', typed[pain.number], ' | **', typed[sentence(pain.statement)], '** ', proof(pain, options), ' | ')
    all_3 = list(pain.solutions)
    for at_3, cure_3 in enumerate(all_3):
        out.append(typed[cure_3.statement])
        if (cure_3.stage or cure_3.meant_for):
            out.append(stage(cure_3, options))
        if (not (at_3 == len(all_3) - 1)):
            out.append(' · ')
    if not all_3:
        out.append('nothing yet')
    out += (' | ', typed[((pain.score or pain.importance) or 'n/a')], ' |\n')
    return "".join(out)


@lru_cache(maxsize=512)
def pain_item(pain: Pain, options: Options) -> str:
    out: list[str] = []
    out += ('- ', typed[pain.number], ': ', typed[sentence(pain.statement)], ' ', proof(pain, options))
    if pain.solutions:
        out.append(' What would fix it: ')
        all_4 = list(pain.solutions)
        for at_4, cure_4 in enumerate(all_4):
            out.append(typed[sentence(cure_4.statement)])
            if (not (at_4 == len(all_4) - 1)):
                out.append(' ')
    out.append('\n')
    return "".join(out)

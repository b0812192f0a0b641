"""templates/parts.html.j2 as Python: written by tools/compile_templates.py, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs import filters
from microseg.briefs.filters import HTML as typed
from microseg.briefs.filters import linked_html as linked
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


def node(one: Node, options: Options) -> str:
    out: list[str] = []
    out.append('<li')
    if one.is_here:
        out.append(' class="here"')
    elif one.is_on_path:
        out.append(' class="on"')
    out.append('><span')
    if one.is_here:
        out.append(' aria-current="page"')
    out.append('>')
    if (one.is_here or (not options.is_linked)):
        out += ('<b>', typed[one.link.name], '</b>')
    else:
        out += ('<a href="', typed[one.link.id], '.html">', typed[one.link.name], '</a>')
    if one.share:
        out += ('<i>', typed[one.share], '</i>')
    out.append('</span>')
    if (one.children or one.more):
        out.append('<ul>')
        for child_1 in one.children:
            out.append(node(child_1, options))
        if one.more:
            out += ('<li><span>and ', typed[one.more], ' more</span></li>')
        out.append('</ul>')
    out.append('</li>\n')
    return "".join(out)


def items(texts: Sequence[str], options: Options) -> str:
    out: list[str] = []
    out.append('<ul>')
    for one_2 in texts:
        out += ('<li>', typed[one_2], '</li>')
    out.append('</ul>')
    return "".join(out)


def target(one: Target, options: Options) -> str:
    out: list[str] = []
    out.append(typed[one.metric])
    if (one.baseline or one.target):
        if one.metric:
            out.append(': ')
        out += (typed[(one.baseline or 'unknown')], ' → <b>', typed[(one.target or 'no target yet')], '</b>')
    return "".join(out)


def spans(line: Sequence[Span], options: Options) -> str:
    out: list[str] = []
    for one_3 in line:
        if one_3.link:
            out += ('<a href="', typed[one_3.link], '" rel="noreferrer">', typed[one_3.text], '</a>')
        elif (one_3.mark == 'strong'):
            out += ('<strong>', typed[one_3.text], '</strong>')
        elif (one_3.mark == 'em'):
            out += ('<em>', typed[one_3.text], '</em>')
        elif (one_3.mark == 'code'):
            out += ('<code>', typed[one_3.text], '</code>')
        else:
            out.append(typed[one_3.text])
    return "".join(out)


@lru_cache(maxsize=512)
def pain_row(pain: Pain, is_first: bool, gap: str, options: Options) -> str:
    out: list[str] = []
    out += ('<tr id="', typed[pain.anchor], '">\n<td><span class="k')
    if pain.is_guess:
        out.append(' ring')
    elif pain.origin:
        out.append(' above')
    out += ('">', typed[pain.number], '</span></td>\n<td><strong>', typed[pain.statement], '</strong>')
    if ((pain.quote and (not is_first)) and (not pain.origin)):
        out += ('<q>', typed[pain.quote], '</q>')
    all_4 = list(pain.solutions)
    for cure_4 in all_4:
        out += ('<span class="cure">', typed[cure_4.statement])
        if (cure_4.stage or cure_4.meant_for):
            out += (' <span class="mut">(', typed[', '.join([each for each in [cure_4.stage, (('for ' + cure_4.meant_for) if cure_4.meant_for else '')] if each])], ')</span>')
        out.append('</span>')
    if not all_4:
        if (not gap):
            out.append('<span class="cure none">no cure written down yet</span>')
    out += ('<span class="ev">', typed[(pain.evidence or 'No evidence yet')])
    if pain.origin:
        out += (' · felt by all of ', linked(pain.origin, options))
    else:
        if pain.about:
            out += (' · met ', typed[pain.about])
        if pain.felt_by:
            out += (' · felt most by ', typed[', '.join([each.name for each in pain.felt_by])])
    out.append('</span></td>\n<td class="num">')
    if pain.score:
        out += ('<b>', typed[pain.score], '</b><span class="ev">matters ', typed[pain.importance], '<br>served ', typed[pain.satisfaction], '</span>')
    elif (pain.importance or pain.satisfaction):
        out += ('<span class="ev">matters: ', typed[(pain.importance or 'unknown')], '<br>served: ', typed[(pain.satisfaction or 'unknown')], '</span>')
    else:
        out.append('<span class="ev">n/a</span>')
    if (pain.is_guess and pain.scored):
        out += ('<span class="ev who">', typed[pain.scored], '</span>')
    out.append('</td>\n</tr>\n')
    return "".join(out)


@lru_cache(maxsize=512)
def pain_item(pain: Pain, options: Options) -> str:
    out: list[str] = []
    out += ('<li id="', typed[pain.anchor], '"><span class="k')
    if pain.is_guess:
        out.append(' ring')
    elif pain.origin:
        out.append(' above')
    out += ('">', typed[pain.number], '</span> <span>', typed[pain.statement], '</span>')
    for cure_5 in pain.solutions:
        out += ('<span class="cure">', typed[cure_5.statement], '</span>')
    out.append('<span class="ev">')
    if pain.score:
        out += ('Score ', typed[pain.score], ' · ')
    out.append(typed[(pain.evidence or 'No evidence yet')])
    if pain.origin:
        out += (' · felt by all of ', linked(pain.origin, options))
    out.append('</span></li>')
    return "".join(out)

"""templates/parts.html.j2 as Python: written by tools/compile_templates.py, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
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

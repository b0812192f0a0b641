"""templates/brief.md.j2 as Python: written by tools/compile_templates.py, never by hand."""

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


def page(*, brief: Brief, options: Options, pictures: object, version: str) -> list[str]:
    out: list[str] = []
    if options.front_matter:
        out += ('---\ntitle: ', filters.quoted_for_yaml(brief.name), '\ndescription: ', filters.quoted_for_yaml((brief.definition or brief.name)), '\n---\n\n')
    out += ('# ', typed[brief.name], '\n\n')
    _identity(out, brief, options, pictures, version)
    for name_1 in brief.blocks:
        out.append('\n')
        BLOCKS[name_1](out, brief, options, pictures, version)
        out.append('\n')
    out.append('\n')
    _footer(out, brief, options, pictures, version)
    return out


def _identity(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out += ('**', typed[brief.level], '**: ', typed[brief.caption])
    if brief.path:
        out.append(' · part of ')
        all_2 = list(brief.path)
        for at_2, one_2 in enumerate(all_2):
            out.append(linked(one_2, options))
            if (not (at_2 == len(all_2) - 1)):
                out.append(' / ')
    if (brief.status != 'active'):
        out += (' · **', typed[upper_first(brief.status)], '**')
    if brief.replaced_by:
        out += (' · replaced by ', linked(brief.replaced_by, options))
    if brief.focus:
        out += (' · ', typed[upper_first(brief.focus)])
    if brief.owner:
        out += (' · Owner: ', typed[brief.owner])
    if brief.reviewed:
        out += (' · Reviewed: ', typed[brief.reviewed])
    out.append('\n\n')
    if brief.definition:
        out += (typed[brief.definition], '\n')
    elif brief.gaps.definition:
        out += ('*', typed[brief.gaps.definition], '*\n')
    out.append('\n')
    if brief.bet.headline:
        out += ('**', typed[('The bet' if brief.bet.is_written else 'What would help them')], ':** ', typed[sentence(brief.bet.headline)])
        if brief.bet.unlike:
            out += (' Unlike ', typed[sentence(brief.bet.unlike)])
        if brief.bet.why_now:
            out += (' Why now: ', typed[sentence(brief.bet.why_now)])
        out.append('\n')
    elif brief.gaps.bet:
        out += ('*', typed[brief.gaps.bet], '*\n')
    out.append('\n')
    if brief.bet.value:
        out += ('**What they get:** ', typed[sentence(brief.bet.value)], '\n\n')
    if brief.bet.targeting:
        out += (typed[brief.bet.targeting], '\n')


def _footer(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out += ('---\n\nMade by microseg from `', filters.code(brief.provenance.path), '`, sources `', typed[brief.provenance.digest], '`')
    if brief.provenance.revision:
        out += (', revision `', typed[brief.provenance.revision], '`')
    out.append('.')
    if brief.audience:
        out += (' This is the page for ', typed[brief.audience], '.')
    out.append(' Edit the YAML, not this page.\n')


def _first(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    if brief.top:
        if brief.top.quote:
            out += ('> “', typed[brief.top.quote], '”\n\n')
        out += ('**What hurts most:** ', typed[sentence(brief.top.statement)], ' (', typed[(brief.top.evidence or 'no evidence yet')])
        if brief.top.origin:
            out += (', felt by all of ', linked(brief.top.origin, options))
        out.append(')\n\n')
    if brief.not_chasing:
        out += ('**Not chasing:** ', typed[', '.join(brief.not_chasing)], '\n')


def _facts(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## In numbers\n\n')
    for one_3 in brief.facts:
        out += ('- **', typed[one_3.value], '** ', typed[one_3.label])
        if (one_3.beside or one_3.note):
            out += (' (', typed['; '.join([each for each in [one_3.beside, one_3.note] if each])], ')')
        out.append('\n')


def _place(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## Where it sits\n\n')
    if (options.flavor == 'github'):
        out += ('```mermaid\n', filters.drawn_mermaid(brief.place.tree), '\n```\n')
    else:
        out += (parts.tree(brief.place.tree, options), '\n')
    out.append('\n')
    if brief.place.denominator:
        out += (typed[upper_first(brief.place.denominator)], '.\n')
    if brief.place.split_by:
        out += ('\nSplit further by ', typed[brief.place.split_by], '.\n')
    for one_4 in brief.place.ties:
        out += ('\nIt ', typed[one_4.how], ' ', linked(one_4.link, options))
        if one_4.note:
            out += (': ', typed[one_4.note])
        out.append('\n')


def _people(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## Who is in\n\n')
    if brief.people.who:
        out += ('- **Who they are:** ', typed['; '.join(brief.people.who)], '\n')
    if brief.people.does:
        out += ('- **What they do:** ', typed['; '.join(brief.people.does)], '\n')
    if brief.people.why:
        out += ('- **Why it matters:** ', typed[brief.people.why], '\n')
    if brief.people.keyword:
        out += ('- **They search for:** ', typed[brief.people.keyword], '\n')
    if brief.people.use_cases:
        out += ('- **They use it for:** ', typed[', '.join(brief.people.use_cases)], '\n')
    if brief.people.channels:
        out += ('- **We reach them through:** ', typed[', '.join(brief.people.channels)], '\n')


def _pains(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## What hurts, and what would fix it\n\n')
    if (not brief.pains):
        if brief.gaps.pains:
            out += ('*', typed[brief.gaps.pains], '*\n')
    elif (options.tables == 'list'):
        for one_5 in brief.pains:
            out += (typed[one_5.number], '. **', typed[sentence(one_5.statement)], '** ', parts.proof(one_5, options), '\n')
            for cure_6 in one_5.solutions:
                out += ('    - What would fix it: ', typed[cure_6.statement])
                if (cure_6.stage or cure_6.meant_for):
                    out.append(parts.stage(cure_6, options))
    else:
        out.append('| # | Pain point | Ideal solution | Score |\n| ---: | --- | --- | ---: |\n')
        for one_7 in brief.pains:
            out.append(parts.pain_cells(one_7, options))
    if brief.has_scores:
        out.append('\nScore: importance, plus what satisfaction falls short of it (both from 0 to 10); over 10 is underserved.\n')
    if brief.gaps.solutions:
        out += ('\n*', typed[brief.gaps.solutions], '*\n')
    if brief.more_pains:
        out.append('\n')
        for one_8 in brief.more_pains:
            out.append(parts.pain_item(one_8, options))
    if brief.other_solutions:
        out += ('\n### ', typed[('Other ideal solutions' if brief.pains else 'Ideal solutions')], '\n\n')
        for one_9 in brief.other_solutions:
            out += ('- ', typed[one_9.statement], parts.stage(one_9, options), '\n')


def _minimum(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## Minimum expected: no selling points\n\n')
    if (options.flavor == 'github'):
        out.append('> [!NOTE]\n> Needed to be considered, no reason to choose us. Meet it, and keep it out of the pitch.\n\n')
    all_10 = list(brief.minimum)
    for one_10 in all_10:
        out += ('- **', typed[sentence(one_10.statement)], '**')
        if one_10.why:
            out += (' ', typed[one_10.why])
        if one_10.origin:
            out += (' (expected by all of ', linked(one_10.origin, options), ')')
        out.append('\n')
    if not all_10:
        if brief.gaps.minimum:
            out += ('*', typed[brief.gaps.minimum], '*\n')
    if brief.category_minimum:
        out += ('\nAnd what every ', typed[(brief.category or 'product of this kind')], ' has: ', typed[', '.join(brief.category_minimum)], '\n')


def _children(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out += ('## ', typed[upper_first(spelled((len(brief.cards) + len(brief.more_children))))], ' ', typed[('group' if (len(brief.cards) == 1) else 'groups')], ' inside')
    if ((len(brief.cards) > 1) and (len(list([each for each in [each.bet for each in brief.cards] if each])) == len(brief.cards))):
        out.append(', each with a bet of its own')
    out.append('\n\n')
    for one_11 in brief.cards:
        out += ('### ', linked(one_11.link, options), '\n\n')
        if one_11.quote:
            out += ('> “', typed[one_11.quote], '”\n\n')
        if (one_11.size or one_11.focus):
            out += ('- ', typed[upper_first('; '.join([each for each in [one_11.size, one_11.focus] if each]))], '\n')
        if one_11.who:
            out += ('- **Who they are:** ', typed['; '.join(one_11.who)], '\n')
        if one_11.does:
            out += ('- **What they do:** ', typed['; '.join(one_11.does)], '\n')
        if one_11.pain:
            out += ('- **What hurts most:** ', typed[one_11.pain], '\n')
        if one_11.bet:
            out += ('- **Bet:** ', typed[one_11.bet], '\n')
        if one_11.target:
            out += ('- **Goal:** ', parts.target(one_11.target, options), '\n')
        if (not ((((((one_11.size or one_11.focus) or one_11.who) or one_11.does) or one_11.pain) or one_11.bet) or one_11.target)):
            out += ('- ', typed[(one_11.definition or 'Nothing is written down about them yet.')], '\n')
        out.append('\n')
    if brief.more_children:
        out.append('And ')
        all_12 = list(brief.more_children)
        for at_12, one_12 in enumerate(all_12):
            out.append(linked(one_12, options))
            if (not (at_12 == len(all_12) - 1)):
                out.append(', ')


def _plan(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## What we are doing about it\n\n')
    for one_13 in brief.findings:
        out += ('- **We saw:** ', typed[sentence(one_13.statement)])
        if one_13.observed:
            out += (' (', typed[one_13.observed], ')')
        if one_13.cause:
            out += (' Probably because: ', typed[sentence(one_13.cause)])
        out.append('\n')
    for one_14 in brief.goals:
        out += ('- **Goal:** ', typed[sentence(one_14.statement)])
        if one_14.target:
            out += (' ', parts.target(one_14.target, options))
        if one_14.by:
            out += (', by ', typed[one_14.by])
            if one_14.is_overdue:
                out.append(' (**overdue**)')
        if one_14.owners:
            out += (' (', typed[one_14.owners], ')')
        if one_14.outcome:
            out += (' Came of it: ', typed[sentence(one_14.outcome)])
        out.append('\n')
    for one_15 in brief.experiences:
        out += ('- **', typed[(one_15.kind or 'Experience')], '**')
        if one_15.state:
            out += (', ', typed[one_15.state])
        if one_15.lever:
            out += (', to change ', typed[one_15.lever])
        out += (': ', typed[sentence(one_15.hypothesis)])
        if one_15.meant_for:
            out += (' For ', typed[sentence(one_15.meant_for)])
        if one_15.metric:
            out += (' Shown by ', typed[sentence(one_15.metric)])
        if one_15.when:
            out += (' ', typed[sentence(one_15.when)])
        if one_15.owners:
            out += (' (', typed[one_15.owners], ')')
        if one_15.result:
            out += (' Came of it: ', typed[sentence(one_15.result)])
        out.append('\n')
    if brief.metrics:
        out += ('\nWe watch: ', typed[', '.join(brief.metrics)], '\n')


def _numbers(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    assert brief.numbers is not None
    out += ('## What was measured on ', typed[brief.numbers.day], '\n\n')
    if brief.numbers.stale:
        out += ('*', typed[brief.numbers.stale], '*\n\n')
    out.append(typed[sentence(brief.numbers.size)])
    if brief.numbers.maybe:
        out += (' ', typed[sentence(brief.numbers.maybe)])
    if brief.numbers.coverage:
        out += (' ', typed[brief.numbers.coverage])
    out.append('\n\n')
    for one_16 in brief.numbers.figures:
        out += ('- ', typed[one_16.label], ': ')
        if one_16.value:
            out += ('**', typed[one_16.value], '**')
            if (one_16.people or one_16.span):
                out += (' (', typed[', '.join([each for each in [one_16.people, one_16.span] if each])], ')')
            if (one_16.beside and brief.numbers.parent):
                out += ('; ', typed[brief.numbers.parent], ': ', typed[one_16.beside])
            if (one_16.before and brief.numbers.previous):
                out += ('; on ', typed[brief.numbers.previous], ': ', typed[one_16.before])
            if one_16.note:
                out += ('. ', typed[upper_first(one_16.note)])
        else:
            out.append(typed[(one_16.note or 'n/a')])
        out.append('\n')
    for one_17 in brief.numbers.overlaps:
        out += ('\nIt ', typed[one_17.how], ' ', linked(one_17.link, options), '\n')


def _notes(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## Notes\n\n')
    for at_18, one_18 in enumerate(brief.notes):
        if (one_18.kind == 'bullets'):
            for line_19 in one_18.lines:
                out += ('- ', parts.spans(line_19, options), '\n')
        elif (one_18.kind == 'numbers'):
            for at_20, line_20 in enumerate(one_18.lines):
                out += (typed[(at_20 + 1)], '. ', parts.spans(line_20, options), '\n')
        elif (one_18.kind == 'fenced'):
            out.append('```\n')
            for line_21 in one_18.lines:
                out += (filters.fenced(line_21[0].text), '\n')
            out.append('```\n')
        elif (one_18.kind == 'heading'):
            out += ('### ', parts.spans(one_18.lines[0], options), '\n')
        else:
            out += (parts.spans(one_18.lines[0], options), '\n')
        out.append('\n')


def _open(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## What we have not proved\n\n')
    for one_22 in brief.assumptions:
        if (one_22.state in ('holding', 'refuted',)):
            out.append('- [x]')
        else:
            out.append('- [ ]')
        out += (' ', typed[sentence(one_22.statement)])
        if one_22.test:
            out += (' Test: ', typed[sentence(one_22.test)])
        if one_22.due:
            out += (' Due ', typed[one_22.due])
            if one_22.is_overdue:
                out.append(' (**overdue**)')
            out.append('.')
        out += (' ', typed[upper_first(one_22.state)], '.\n')


def _decisions(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## What we decided\n\n')
    for one_23 in brief.decisions:
        out += ('- **', typed[sentence(upper_first(one_23.what))], '**')
        if one_23.why:
            out += (' ', typed[sentence(upper_first(one_23.why))])
        if one_23.date:
            out += (' (', typed[one_23.date], ')')
        out.append('\n')


def _rules(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## Who counts, exactly\n\n')
    if brief.rules.built_using:
        out.append('Built using ')
        all_24 = list(brief.rules.built_using)
        for at_24, one_24 in enumerate(all_24):
            out.append(typed[one_24.name])
            if (', '.join(one_24.dimensions) != one_24.name.replace(' and ', ', ')):
                out += (' (', typed[', '.join(one_24.dimensions)], ')')
            if (not (at_24 == len(all_24) - 1)):
                out.append(', ')
        out.append('.\n\n')
    for one_25 in brief.rules.lines:
        out += ('- ', typed[one_25], '\n')
    for link_26, lines_26 in brief.rules.inherited:
        out += ('- as in all of ', linked(link_26, options), ': ', typed['; '.join(lines_26)], '\n')


def _sources(out: list[str], brief: Brief, options: Options, pictures: object, version: str) -> None:
    out.append('## Where this comes from\n\n')
    for one_27 in brief.sources:
        out.append('- ')
        if one_27.link:
            out += ('[', typed[one_27.title], '](', filters.target(one_27.link), ')')
        else:
            out.append(typed[one_27.title])
        if one_27.who:
            out += (', ', typed[one_27.who])
        if one_27.date:
            out += (' (', typed[one_27.date], ')')
        out.append('\n')


BLOCKS = {
    "identity": _identity,
    "footer": _footer,
    "first": _first,
    "facts": _facts,
    "place": _place,
    "people": _people,
    "pains": _pains,
    "minimum": _minimum,
    "children": _children,
    "plan": _plan,
    "numbers": _numbers,
    "notes": _notes,
    "open": _open,
    "decisions": _decisions,
    "rules": _rules,
    "sources": _sources,
}

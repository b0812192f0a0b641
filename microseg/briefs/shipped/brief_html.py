"""templates/brief.html.j2 as Python: written by tools/compile_templates.py, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs import filters
from microseg.briefs.filters import HTML as typed
from microseg.briefs.filters import linked_html as linked
from microseg.briefs.phrases import sentence, spelled, upper_first
from microseg.briefs.shipped import parts_html as parts
from microseg.briefs.tree_text import nested, tree_rows

if TYPE_CHECKING:
    from microseg.briefs.flagged import Flagged
    from microseg.briefs.page import Brief, Link, Node, Pain, Solution, Span, Target
    from microseg.briefs.render import Options, Pictures
    from microseg.briefs.whole import Row, Whole


def page(*, brief: Brief, options: Options, pictures: Pictures, version: str) -> list[str]:
    out: list[str] = []
    out += ('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="color-scheme" content="light dark">\n<meta name="generator" content="microseg ', typed[version], '">\n<title>', typed[brief.name], ' · segment brief</title>\n<link rel="icon" href="data:,">\n')
    _style(out, brief, options, pictures, version)
    out.append('</head>\n<body>\n<a class="skip" href="#main">Skip to the brief</a>\n<header class="top">\n<nav aria-label="Segment path"><ol class="crumbs">\n')
    if options.is_linked:
        out.append('<li><a href="index.html">All segments</a></li>')
    for one_1 in brief.path:
        out += ('<li>', linked(one_1, options), '</li>')
    out += ('<li><span aria-current="page">', typed[brief.name], '</span></li>\n</ol></nav>\n<button type="button" id="theme" hidden>Theme: auto</button>\n</header>\n<main id="main">\n')
    _hero(out, brief, options, pictures, version)
    for name_2 in brief.blocks:
        BLOCKS[name_2](out, brief, options, pictures, version)
        out.append('\n')
    out.append('</main>\n<footer class="foot">\n')
    _footer(out, brief, options, pictures, version)
    out.append("</footer>\n<script>(function(){\nvar root=document.documentElement,dark=document.getElementById('dark'),button=document.getElementById('theme'),names=['auto','light','dark'],key='microseg-theme',now='auto';\ntry{now=localStorage.getItem(key)||now}catch(e){}\nfunction show(){if(now==='auto')root.removeAttribute('data-theme');else root.setAttribute('data-theme',now);if(dark)dark.media=now==='dark'?'screen':now==='light'?'not all':'screen and (prefers-color-scheme:dark)';button.textContent='Theme: '+now}\nbutton.hidden=false;\nbutton.onclick=function(){now=names[(names.indexOf(now)+1)%3];try{localStorage.setItem(key,now)}catch(e){}show()};\nshow()})();</script>\n</body>\n</html>\n")
    return out


def _style(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<style>:root{--bg:#fff;--ink:#151b20;--mut:#526069;--line:#d7dfe4;--soft:#f2f5f7;--acc:#0d5c7d;--acc-ink:#0a4a66;--acc-soft:#e0f0f6;--warm:#8a4b00;--warm-soft:#fdf2e3;--warm-line:#dfae6c;--bad:#a5301c;--on:#fff;--band:#e8edf0;--band-on:#b9dcea;--bar:#a3b2bb}@media (forced-colors:active){:root:root{--bg:Canvas;--ink:CanvasText;--mut:CanvasText;--line:GrayText;--soft:Canvas;--acc:Highlight;--acc-ink:CanvasText;--acc-soft:Canvas;--warm:CanvasText;--warm-soft:Canvas;--warm-line:GrayText;--bad:CanvasText;--on:HighlightText;--band:GrayText;--band-on:Highlight;--bar:GrayText}}*{box-sizing:border-box;min-width:0}html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}body{margin:0;background:var(--bg);color:var(--ink);font:400 1rem/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}.top,main,.foot{max-width:70rem;margin:0 auto;padding:0 2rem}a{color:var(--acc-ink);text-underline-offset:.18em}:focus-visible{outline:3px solid var(--acc);outline-offset:2px;border-radius:3px}.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.5rem 1rem;z-index:2}.top{display:flex;justify-content:space-between;align-items:center;gap:1rem;padding-top:1.1rem;min-height:3.4rem}.crumbs{overflow-wrap:anywhere;display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:0;font-size:.92rem;color:var(--mut)}.crumbs li{display:flex;padding:.15rem 0;unicode-bidi:normal}.crumbs li+li::before{content:"/";margin:0 .55em}.crumbs a,.crumbs span{min-height:1.5rem}button{flex:none;white-space:nowrap;font:inherit;font-size:.85rem;color:var(--mut);background:none;border:1px solid var(--line);border-radius:6px;padding:.25rem .7rem;min-height:2rem;cursor:pointer}section{margin:0 0 3rem}h1,h2,h3,p{margin:0}h1,h2,h3,p,li,td,dd,dt,blockquote,strong,.ev,.cure,q{unicode-bidi:plaintext;text-align:left;text-wrap:pretty}h1{font-size:clamp(2.2rem,5.5vw,3.3rem);line-height:1.06;letter-spacing:-.028em;font-weight:700;margin:.35em 0 .3em}h1.long{font-size:clamp(1.3rem,4vw,2rem)}h2{font-size:1.3rem;line-height:1.2;letter-spacing:-.012em;font-weight:700;margin-bottom:.9rem}h2 small{font-weight:400;font-size:.92rem;letter-spacing:0;color:var(--mut);margin-left:.4em}h3{font-size:1.1rem;line-height:1.3;font-weight:700}.mut,.note{color:var(--mut)}.note{font-size:.85rem;line-height:1.4}.gap{border:1.5px dashed var(--warm-line);border-radius:8px;padding:.7rem 1rem;color:var(--warm)}.meta{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;align-items:center;font-size:.92rem;color:var(--mut)}.pill{background:var(--acc);color:var(--on);border-radius:4px;padding:.1rem .55rem;font-weight:600}.pill.draft,.pill.retired{background:var(--warm-soft);color:var(--warm);box-shadow:inset 0 0 0 1.5px var(--warm-line)}.k{display:inline-grid;place-items:center;min-width:1.6rem;height:1.6rem;padding:0 .3rem;border-radius:.8rem;background:var(--acc);color:var(--on);font-size:.85rem;font-weight:700;text-decoration:none;flex:none}.k.ring{background:var(--bg);color:var(--acc-ink);box-shadow:inset 0 0 0 2px var(--acc)}.k.above{background:var(--mut);color:var(--bg)}.k.sq{background:none;border:2px solid var(--warm);color:var(--warm);border-radius:5px;padding:0}table{border-collapse:collapse;width:100%;font-size:.95rem}th{font-size:.85rem;font-weight:500;color:var(--mut);text-align:start;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:bottom}td{vertical-align:top;padding:.7rem .75rem .7rem 0;border-bottom:1px solid var(--line)}th.num,.num,.num *{text-align:right}th.num,td.num{padding-right:0;white-space:nowrap}:target{background:var(--acc-soft);scroll-margin-top:1rem}li,article{break-inside:avoid}code{font:.85em ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}ul.plain{list-style:none;margin:0;padding:0}.foot{border-top:1px solid var(--line);padding-top:1rem;padding-bottom:2.5rem;font-size:.85rem;color:var(--mut);display:flex;flex-wrap:wrap;justify-content:space-between;gap:.3rem 2rem}@media screen and (max-width:44rem){.top,main,.foot{padding-left:1.125rem;padding-right:1.125rem}section{margin-bottom:2.4rem}}@page{size:auto;margin:8mm}@media print{:root{--ink:#000;--mut:#444;--line:#bbb;color-scheme:light}html{font-size:7.5pt}body{print-color-adjust:exact;-webkit-print-color-adjust:exact}.top button,.skip,.screen{display:none!important}.top,main,.foot{max-width:none;padding-left:0;padding-right:0}.top{padding-top:0;min-height:0}section{margin-bottom:.5rem}h2{break-after:avoid;margin-bottom:.3rem}h1{font-size:2.5rem;margin:.1em 0}tr{break-inside:avoid}td,.rows td{padding-top:.35rem;padding-bottom:.35rem}a{color:inherit;text-decoration:none}.foot{padding-bottom:0;padding-top:.5rem}:target{background:none}}.hero,.first{display:grid;grid-template-columns:1fr 26rem;gap:1.5rem 3.5rem;margin-bottom:2rem}.hero{padding-top:1.5rem}.lead{font-size:1.2rem;line-height:1.4;max-width:38ch;color:var(--mut)}.bet{background:var(--acc-soft);border-radius:10px;padding:1.3rem 1.6rem 1.4rem;align-self:start}.bet h2,.first h2,.two h3{font-size:.95rem;letter-spacing:0;margin-bottom:.35rem}.bet h2{color:var(--acc-ink)}.bet .say{font-size:1.5rem;line-height:1.2;font-weight:700;letter-spacing:-.016em}.bet p+p{font-size:.95rem;line-height:1.5;margin-top:.6rem}.first{border-top:1px solid var(--line);padding-top:1.3rem}.first.one{grid-template-columns:1fr}.first blockquote{font-size:1.3rem;line-height:1.4;margin-bottom:.4rem}.first li,.cure{position:relative;padding-left:1.3em}.first li::before,.cure::before{position:absolute;left:0}.first li::before{content:"✕";color:var(--mut);font-size:.85em}blockquote{margin:0}blockquote::before{content:"“"}blockquote::after{content:"”"}.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));margin:0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);overflow:hidden}.facts div{padding:.8rem 1rem .75rem 1.25rem;border-left:1px solid var(--line);margin-left:-1px;display:flex;flex-direction:column}.facts div:first-child{padding-left:1px}.facts dt{font-size:.92rem;color:var(--mut)}.facts dd{margin:0}.facts .v{font-size:1.7rem;line-height:1.2;font-weight:700;order:-1}.facts .b{font-size:.92rem}.facts .note{font-size:.85rem}svg{display:block;width:100%;height:auto;overflow:visible;font-family:inherit;-webkit-user-select:none;user-select:none}text{fill:var(--ink)}.hit{fill:transparent}.rule{stroke:var(--line)}tspan{font-size:13px;font-weight:400}.tw text{font-size:15px;fill:var(--mut)}.tw .on{fill:var(--ink);font-weight:600}.tw .here{font-weight:700}.tw .cap{font-size:13px;font-weight:600;fill:var(--ink)}.end{text-anchor:end}.mid{text-anchor:middle}.band{fill:var(--band);opacity:.8}.band.on{fill:var(--band-on);opacity:.8}.bar{fill:var(--bar)}.bar.on{fill:var(--acc)}svg a:focus-visible{outline:3px solid var(--acc);outline-offset:3px}.tn{display:none;list-style:none;margin:0;padding:0}.tn ul{list-style:none;margin:0;padding:0 0 0 .55rem;border-left:2px solid var(--line)}.tn b{font-weight:inherit}.tn span{display:flex;justify-content:space-between;gap:1rem;padding:.2rem 0 .2rem .7rem;min-height:1.9rem;color:var(--mut)}.tn .on>span{color:var(--ink);font-weight:600}.tn .here>span{color:var(--ink);font-weight:700;box-shadow:inset 3px 0 var(--acc)}.tn .here ul{border-color:var(--acc)}.tn i{font:inherit;flex:none;color:var(--mut)}.ties{margin-top:1rem}.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem 3rem}.two ul{margin:0;padding-left:1.1em}.pairs{margin:1.1rem 0 0;display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;font-size:.95rem}.pairs dt{color:var(--mut)}.pairs dd{margin:0}.why{margin-top:.9rem}.hurts{display:grid;grid-template-columns:28rem 1fr;gap:1.25rem 3rem}.hurts.flat{grid-template-columns:1fr}.plot{fill:var(--soft)}.grid{stroke:var(--bg);stroke-width:1.5}.build{fill:var(--acc-soft)}.owed{fill:var(--warm-soft)}.ax{font-size:12px;fill:var(--mut)}.ax.b{fill:var(--ink);font-weight:600}.zone{font-size:12.5px;font-weight:700;fill:var(--mut)}.build-t{fill:var(--acc-ink)}.owed-t{fill:var(--warm)}.dot{fill:var(--acc);stroke:var(--bg);stroke-width:2}.dot.above{fill:var(--mut)}.ring{fill:var(--bg);stroke:var(--acc);stroke-width:2}.square{fill:var(--bg);stroke:var(--warm);stroke-width:2}.lead{stroke:var(--mut);fill:none}.map a text{font-size:13px;font-weight:700;text-anchor:middle}.dot+text{fill:var(--on)}.ring+text{fill:var(--acc-ink)}.square+text{fill:var(--warm)}.needs td:first-child{width:2.5rem}.needs td{overflow-wrap:anywhere}.needs td>strong{display:block;font-weight:600;line-height:1.4}.needs q{display:block;font-size:.92rem;color:var(--mut);margin:.1rem 0}.cure{display:block;color:var(--acc-ink);margin:.22rem 0 .12rem;line-height:1.4}.cure::before{content:"→"}.cure.none{color:var(--warm)}.ev{font-size:.85rem;color:var(--mut);line-height:1.4;display:block}.num *{white-space:nowrap}.num b{font-size:1.25rem;line-height:1.2;font-weight:700}.rest,.srcs{columns:2 22rem;column-gap:3rem;font-size:.92rem}.rest{margin-top:1rem;padding-left:0;list-style:none}.rest li{padding:.25rem 0}.min{background:var(--warm-soft);border-radius:10px;padding:1.4rem 1.75rem;display:grid;grid-template-columns:15rem 1fr;gap:1rem 3rem}.min h2{margin-bottom:.35rem}.min p{color:var(--mut);font-size:.95rem}.min ul{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.9rem 2rem}.min li{display:flex;gap:.75rem;align-items:flex-start;font-size:.95rem;line-height:1.4}.min li div{flex:1;min-width:0}.min strong{display:block;font-weight:600}.min .all{grid-column:1/-1}.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:2rem 0}article{padding:1rem 1.5rem 0;border-left:1px solid var(--line);border-top:2px solid var(--acc);display:grid;grid-template-rows:subgrid;grid-row:span 4;gap:.9rem}.cards:not(.few) article:nth-child(3n+1),.few article:nth-child(odd){padding-left:0;border-left:0}.cards.few{grid-template-columns:1fr 1fr}article header p,article dt{color:var(--mut);font-size:.85rem}article blockquote{font-size:1.1rem;line-height:1.4}article dl{margin:0;font-size:.95rem;line-height:1.4}article dd{margin:0 0 .6rem}article .bt{color:var(--acc-ink)}dd.bt{font-weight:600}.goal-m p{font-weight:600}.bullet{max-width:17rem}.track{stroke:var(--line);stroke-width:4;stroke-linecap:round}.way{stroke:var(--acc);stroke-width:4}.now{fill:var(--bg);stroke:var(--acc);stroke-width:2.5}.goal{stroke:var(--acc);stroke-width:4;stroke-linecap:round}.rows td{padding-top:.6rem;padding-bottom:.6rem}.rows td:last-child,.rows th:last-child{padding-right:0}.rows+.rows{margin-top:1.3rem}.gap+p,p+.rows{margin-top:.8rem}.rows strong{font-weight:600}.saw li{padding:.3rem 0}.saw+*{margin-top:1rem}.st{white-space:nowrap}.st::before{content:"";display:inline-block;width:.62em;height:.62em;border-radius:50%;margin-right:.5em;border:2px solid var(--mut)}.st.running::before{border-color:var(--warm);background:linear-gradient(90deg,var(--warm) 50%,transparent 0)}.st.holding::before,.st.done::before{border-color:var(--acc);background:var(--acc)}.st.refuted::before,.st.dropped::before{border:.31em solid var(--bad);border-radius:0}.late{color:var(--bad);font-weight:600;white-space:nowrap}.srcs{color:var(--mut)}.notes>*{margin:0 0 .7rem;max-width:70ch}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85em}@media screen and (max-width:56rem){.hero,.hurts,.min,.first{grid-template-columns:1fr}.hurts>div:first-child{max-width:30rem}.hurts.flat>div:first-child{max-width:none}.cards,.cards.few{grid-template-columns:1fr;gap:1.4rem}.cards article,.cards.few article{display:block;padding:.9rem 0 0;border-left:0}.cards article>*+*{margin-top:.8rem}}@media screen and (max-width:44rem){.tw{display:none}.tn{display:block}.facts{grid-template-columns:1fr 1fr}.facts div:nth-child(odd){padding-left:1px}.facts div:nth-child(n+3){border-top:1px solid var(--line)}.min{margin-left:-1.125rem;margin-right:-1.125rem;border-radius:0;padding:1.3rem 1.125rem}.pairs{grid-template-columns:1fr;gap:0}.pairs dd{margin-bottom:.5rem}.rows thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}.rows tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--line)}.rows td{display:block;border:0;padding:.1rem 0;overflow-wrap:anywhere}.rows td:empty{display:none}.num .who{white-space:normal;overflow-wrap:normal}.rows td[data-l]::before{content:attr(data-l) ": ";color:var(--mut);font-size:.85rem}}@media (forced-colors:active){.dot.above{fill:GrayText}.band{opacity:.25}.band.on{opacity:.4}.plot{stroke:CanvasText}.grid{stroke:GrayText}.build,.owed{fill:none;stroke:GrayText}.build{stroke:Highlight;stroke-dasharray:4}.k{forced-color-adjust:none}.square,.ring{stroke:CanvasText}}@media print{.hero,.first{grid-template-columns:1fr 1fr;padding-top:.5rem;gap:.6rem 1.5rem;margin-bottom:.8rem}.bet{padding:.8rem 1rem}.bet .say{font-size:1.3rem}.bet p+p{margin-top:.35rem}.facts .v{font-size:1.35rem}.facts div{padding-top:.4rem;padding-bottom:.35rem}.bet,.min,.first,.facts,.tw{break-inside:avoid}.tw{max-height:15rem}.hurts{display:block}.hurts:not(.flat)>:first-child{float:left;width:18rem}.hurts>*+*{margin-left:19.5rem}.needs q,.pairs,#rules,#sources,main:has(#segments) #people,.hurts .note{display:none}.ties,.why,.rows+.rows,.saw+*{margin-top:.4rem}.lead{max-width:none}.cure,.saw li{margin:0;padding-top:0;padding-bottom:0}.min{grid-template-columns:12rem 1fr;gap:.8rem 1.4rem;padding:.8rem 1rem}.min ul{gap:.4rem 1.2rem;grid-template-columns:1fr 1fr 1fr}.min .ev{display:none}article{padding:.6rem .9rem 0;gap:.5rem}article dd{margin-bottom:.25rem}.cards{gap:1rem 0}.k,.k:link{color:#fff}.k.ring{color:var(--acc-ink)}.k.sq{color:var(--warm)}}</style><style id="dark" media="screen and (prefers-color-scheme:dark)">:root{--bg:#0f1418;--ink:#e7edf1;--mut:#9fb1bc;--line:#2c373f;--soft:#171e23;--acc:#5cc0e8;--acc-ink:#9adaf5;--acc-soft:#12323f;--warm:#f2b35e;--warm-soft:#2a2012;--warm-line:#7d5c28;--bad:#ff9c88;--on:#06141b;--band:#1f282e;--band-on:#1b4659;--bar:#5a6c77;color-scheme:dark}</style>\n')


def _hero(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out += ('<section class="hero">\n<div>\n<p class="meta"><span><b class="pill">', typed[brief.level], '</b> ', typed[brief.caption], '</span>')
    if (brief.status != 'active'):
        out += (' <b class="pill ', typed[brief.status], '">', typed[upper_first(brief.status)], '</b>')
    if brief.replaced_by:
        out += (' <span>replaced by ', linked(brief.replaced_by, options), '</span>')
    if brief.focus:
        out += (' <span>', typed[upper_first(brief.focus)], '</span>')
    if brief.owner:
        out += (' <span>Owner: <span>', typed[brief.owner], '</span></span>')
    if brief.reviewed:
        out += (' <span>Reviewed ', typed[brief.reviewed], '</span>')
    out.append('</p>\n<h1')
    if list([each for each in [len(each) for each in brief.name.split()] if each > 22]):
        out.append(' class="long"')
    out += ('>', typed[brief.name], '</h1>\n')
    if brief.definition:
        out += ('<p class="lead">', typed[brief.definition], '</p>\n')
    elif brief.gaps.definition:
        out += ('<p class="gap">', typed[brief.gaps.definition], '</p>\n')
    out += ('</div>\n<div class="bet">\n<h2>', typed[('The bet' if (brief.bet.is_written or (not brief.bet.headline)) else 'What would help them')], '</h2>\n')
    if brief.bet.headline:
        out += ('<p class="say">', typed[brief.bet.headline], '</p>\n')
    else:
        out += ('<p class="gap">', typed[(brief.gaps.bet or 'No bet was written down.')], '</p>\n')
    if brief.bet.value:
        out += ('<p><b>What they get:</b> ', typed[sentence(brief.bet.value)], '</p>')
    if brief.bet.unlike:
        out += ('<p>Unlike ', typed[brief.bet.unlike], '.</p>')
    if brief.bet.why_now:
        out += ('<p><b>Why now:</b> ', typed[brief.bet.why_now], '.</p>')
    if brief.bet.targeting:
        out += ('<p>', typed[brief.bet.targeting], '</p>')
    out.append('</div>\n</section>\n')


def _footer(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out += ('<p>Made by microseg from <code>', typed[brief.provenance.path], '</code>, sources <code>', typed[brief.provenance.digest], '</code>')
    if brief.provenance.revision:
        out += (', revision <code>', typed[brief.provenance.revision], '</code>')
    out.append('. Edit the YAML, not this page.</p>\n')
    if brief.audience:
        out += ('<p>This is the page for ', typed[brief.audience], '.</p>')


def _first(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section class="first')
    if (not (brief.top and brief.not_chasing)):
        out.append(' one')
    out.append('">\n')
    if brief.top:
        out.append('<div>\n<h2>What hurts most</h2>\n')
        if brief.top.quote:
            out += ('<blockquote>', typed[brief.top.quote], '</blockquote>')
        out += ('<p>', typed[brief.top.statement], '</p>\n<p class="note">', typed[(brief.top.evidence or 'No evidence yet')])
        if brief.top.origin:
            out += (' · felt by all of ', linked(brief.top.origin, options))
        out.append('</p>\n</div>\n')
    if brief.not_chasing:
        out.append('<div class="no">\n<h2>Not chasing</h2>\n<ul class="plain">')
        for one_3 in brief.not_chasing:
            out += ('<li>', typed[one_3], '</li>')
        out.append('</ul>\n</div>\n')
    out.append('</section>\n')


def _facts(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section>\n<dl class="facts">')
    for one_4 in brief.facts:
        out += ('<div><dt>', typed[one_4.label], '</dt><dd class="v">', typed[one_4.value], '</dd>')
        if one_4.beside:
            out += ('<dd class="b">', typed[one_4.beside], '</dd>')
        if one_4.note:
            out += ('<dd class="note">', typed[one_4.note], '</dd>')
        out.append('</div>\n')
    out.append('</dl>\n</section>\n')


def _place(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="tree">\n<h2>Where it sits')
    if brief.place.denominator:
        out += (' <small>', typed[brief.place.denominator], '</small>')
    out += ('</h2>\n', pictures.tree, '\n<ul class="tn">', parts.node(brief.place.tree, options), '</ul>\n')
    if brief.place.split_by:
        out += ('<p class="ties">Split further by ', typed[brief.place.split_by], '.</p>')
    for one_5 in brief.place.ties:
        out += ('<p class="ties">It ', typed[one_5.how], ' ', linked(one_5.link, options))
        if one_5.note:
            out += (': ', typed[one_5.note])
        out.append('</p>')
    out.append('</section>\n')


def _people(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="people">\n<h2>Who is in</h2>\n<div class="two">\n')
    if brief.people.who:
        out += ('<div><h3>Who they are</h3>', parts.items(brief.people.who, options), '</div>')
    if brief.people.does:
        out += ('<div><h3>What they do</h3>', parts.items(brief.people.does, options), '</div>')
    out.append('</div>\n')
    if brief.people.why:
        out += ('<p class="why"><b>Why it matters.</b> ', typed[brief.people.why], '</p>')
    if ((brief.people.keyword or brief.people.use_cases) or brief.people.channels):
        out.append('<dl class="pairs">\n')
        if brief.people.keyword:
            out += ('<dt>They search for</dt><dd>', typed[brief.people.keyword], '</dd>')
        if brief.people.use_cases:
            out += ('<dt>They use it for</dt><dd>', typed[', '.join(brief.people.use_cases)], '</dd>')
        if brief.people.channels:
            out += ('<dt>We reach them through</dt><dd>', typed[', '.join(brief.people.channels)], '</dd>')
        out.append('</dl>\n')
    out.append('</section>\n')


def _pains(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="pains">\n<h2>What hurts, and what would fix it</h2>\n')
    if (brief.gaps.pains and (not brief.pains)):
        out += ('<p class="gap">', typed[brief.gaps.pains], '</p>')
    if brief.gaps.solutions:
        out += ('<p class="gap">', typed[brief.gaps.solutions], '</p>')
    if brief.pains:
        out.append('<div class="hurts')
        if (not brief.has_map):
            out.append(' flat')
        out.append('">\n')
        if brief.has_map:
            out += ('<div>', pictures.map, '\n<p class="note">Lower right matters and nobody solves it: build there. Upper right matters and everybody solves it: match it, then stop talking about it. Hollow: a guess. Grey: felt by a wider group too.</p></div>\n')
        out.append('<div>\n<table class="needs">\n<caption class="vh">Pain points with their ideal solutions</caption>\n<thead><tr><th scope="col"><span class="vh">Number</span></th><th scope="col">Pain point and ideal solution</th><th scope="col" class="num">Score</th></tr></thead>\n<tbody>\n')
        for at_6, one_6 in enumerate(brief.pains):
            out.append(parts.pain_row(one_6, (at_6 == 0), brief.gaps.solutions, options))
        out.append('</tbody>\n</table>\n')
        if brief.has_scores:
            out.append('<p class="note">Score: importance, plus what satisfaction falls short of it; over 10 is underserved. Both from 0 to 10.</p>')
        out.append('</div>\n</div>\n')
        if brief.more_pains:
            out.append('<ol class="rest">')
            for one_7 in brief.more_pains:
                out.append(parts.pain_item(one_7, options))
            out.append('</ol>\n')
    if brief.other_solutions:
        out += ('<h3>', typed[('Other ideal solutions' if brief.pains else 'Ideal solutions')], '</h3>\n<ul>')
        for one_8 in brief.other_solutions:
            out += ('<li>', typed[one_8.statement])
            if one_8.stage:
                out += (' <span class="mut">(', typed[one_8.stage], ')</span>')
            out.append('</li>')
        out.append('</ul>\n')
    out.append('</section>\n')


def _minimum(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="minimum" class="min">\n<div><h2>Minimum expected</h2>\n<p>Needed to be considered, no reason to choose us. Meet it, and keep it out of the pitch.</p></div>\n<div>\n')
    if brief.minimum:
        out.append('<ul class="plain">')
        for one_9 in brief.minimum:
            out += ('<li id="', typed[one_9.anchor], '">')
            if one_9.letter:
                out += ('<span class="k sq">', typed[one_9.letter], '</span>')
            out += ('<div><strong>', typed[one_9.statement], '</strong>')
            if one_9.why:
                out += ('<span class="mut">', typed[one_9.why], '</span>')
            if one_9.origin:
                out += (' <span class="ev">expected by all of ', linked(one_9.origin, options), '</span>')
            out.append('</div></li>')
        out.append('</ul>\n')
    elif brief.gaps.minimum:
        out += ('<p class="gap">', typed[brief.gaps.minimum], '</p>\n')
    if brief.category_minimum:
        out += ('<p class="all">And what every ', typed[(brief.category or 'product of this kind')], ' has: ', typed[', '.join(brief.category_minimum)], '.</p>')
    out.append('</div>\n</section>\n')


def _children(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out += ('<section id="segments">\n<h2>', typed[upper_first(spelled((len(brief.cards) + len(brief.more_children))))], ' ', typed[('group' if (len(brief.cards) == 1) else 'groups')], ' inside')
    if ((len(brief.cards) > 1) and (len(list([each for each in [each.bet for each in brief.cards] if each])) == len(brief.cards))):
        out.append(', each with a bet of its own')
    out.append('</h2>\n<div class="cards')
    if (len(brief.cards) in (2, 4,)):
        out.append(' few')
    out.append('">\n')
    for one_10 in brief.cards:
        out += ('<article id="', typed[one_10.anchor], '">\n<header><h3>', linked(one_10.link, options), '</h3><p>', typed[(' · '.join([each for each in [one_10.size, one_10.focus] if each]) or one_10.definition)], '</p></header>\n<div>')
        if one_10.quote:
            out += ('<blockquote>', typed[one_10.quote], '</blockquote>')
        elif one_10.pain:
            out += ('<p>', typed[one_10.pain], '</p>')
        else:
            out.append('<p class="mut">What hurts them is not written down yet.</p>')
        out.append('</div>\n<dl>\n')
        if one_10.who:
            out += ('<dt>Who they are</dt><dd>', typed['; '.join(one_10.who)], '</dd>')
        if one_10.does:
            out += ('<dt>What they do</dt><dd>', typed['; '.join(one_10.does)], '</dd>')
        if one_10.bet:
            out += ('<dt class="bt">Bet</dt><dd class="bt">', typed[one_10.bet], '</dd>')
        out.append('</dl>\n<div class="goal-m">')
        if one_10.target:
            if pictures.bullets[one_10.anchor]:
                out += ('<p>', typed[one_10.target.metric], '</p>', pictures.bullets[one_10.anchor])
            else:
                out += ('<p>', parts.target(one_10.target, options), '</p>')
        out.append('</div>\n</article>\n')
    out.append('</div>\n')
    if brief.more_children:
        out.append('<p class="ties">And ')
        all_11 = list(brief.more_children)
        for at_11, one_11 in enumerate(all_11):
            out.append(linked(one_11, options))
            if (not (at_11 == len(all_11) - 1)):
                out.append(', ')
        out.append('.</p>')
    out.append('</section>\n')


def _plan(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="plan">\n<h2>What we are doing about it</h2>\n')
    if brief.findings:
        out.append('<ul class="plain saw">')
        for one_12 in brief.findings:
            out += ('<li id="', typed[one_12.anchor], '"><b>We saw:</b> ', typed[one_12.statement])
            if one_12.observed:
                out += (' <span class="mut">(', typed[one_12.observed], ')</span>')
            if one_12.cause:
                out += (' <b>Probably because:</b> ', typed[one_12.cause], '.')
            out.append('</li>')
        out.append('</ul>\n')
    if brief.goals:
        out.append('<table class="rows">\n<thead><tr><th scope="col">Goal</th><th scope="col">Shown by</th><th scope="col">By</th><th scope="col">Owners</th></tr></thead>\n<tbody>')
        for one_13 in brief.goals:
            out += ('<tr id="', typed[one_13.anchor], '"><td><strong>', typed[one_13.statement], '</strong>')
            if one_13.outcome:
                out += ('<span class="ev">Came of it: ', typed[one_13.outcome], '</span>')
            out.append('</td><td data-l="Shown by">')
            if one_13.target:
                out.append(parts.target(one_13.target, options))
            out += ('</td><td data-l="By">', typed[(one_13.by or 'no date')])
            if one_13.is_overdue:
                out.append(' <span class="late">overdue</span>')
            out += ('</td><td data-l="Owners">', typed[(one_13.owners or 'nobody yet')], '</td></tr>\n')
        out.append('</tbody>\n</table>\n')
    if brief.experiences:
        out.append('<table class="rows">\n<thead><tr><th scope="col">Experience</th><th scope="col">Meant to change</th><th scope="col">When</th><th scope="col">State</th></tr></thead>\n<tbody>')
        for one_14 in brief.experiences:
            out += ('<tr id="', typed[one_14.anchor], '"><td><strong>', typed[(one_14.hypothesis or one_14.kind)], '</strong><span class="ev">', typed[' · '.join([each for each in [(one_14.kind if one_14.hypothesis else ''), (('for ' + one_14.meant_for) if one_14.meant_for else ''), one_14.owners] if each])], '</span>')
            if one_14.result:
                out += ('<span class="ev">Came of it: ', typed[one_14.result], '</span>')
            out += ('</td><td data-l="Meant to change">', typed[': '.join([each for each in [one_14.lever, one_14.metric] if each])], '</td><td data-l="When">', typed[(one_14.when or 'no date')], '</td><td><span class="st ', typed[one_14.state], '">', typed[(one_14.state or 'not planned yet')], '</span></td></tr>\n')
        out.append('</tbody>\n</table>\n')
    if brief.metrics:
        out += ('<p class="ties"><span class="mut">We watch:</span> ', typed[', '.join(brief.metrics)], '</p>')
    out.append('</section>\n')


def _numbers(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    assert brief.numbers is not None
    out += ('<section id="numbers">\n<h2>What was measured <small>on ', typed[brief.numbers.day], '</small></h2>\n')
    if brief.numbers.stale:
        out += ('<p class="gap">', typed[brief.numbers.stale], '</p>')
    out += ('<p>', typed[sentence(brief.numbers.size)])
    if brief.numbers.maybe:
        out += (' ', typed[sentence(brief.numbers.maybe)])
    if brief.numbers.coverage:
        out += (' ', typed[brief.numbers.coverage])
    out.append('</p>\n')
    if brief.numbers.figures:
        out.append('<table class="rows">\n<thead><tr><th scope="col">Metric</th><th scope="col">Here</th>')
        if brief.numbers.parent:
            out += ('<th scope="col">', typed[brief.numbers.parent], '</th>')
        if brief.numbers.previous:
            out += ('<th scope="col">', typed[brief.numbers.previous], '</th>')
        out.append('</tr></thead>\n<tbody>')
        for one_15 in brief.numbers.figures:
            out += ('<tr><td>', typed[one_15.label], '</td><td data-l="Here">')
            if one_15.value:
                out += ('<strong>', typed[one_15.value], '</strong><span class="ev">', typed[', '.join([each for each in [one_15.people, one_15.span] if each])])
                if one_15.note:
                    out += (' ', typed[one_15.note])
                out.append('</span>')
            else:
                out += ('<span class="ev">', typed[(one_15.note or 'n/a')], '</span>')
            out.append('</td>')
            if brief.numbers.parent:
                out += ('<td data-l="', typed[brief.numbers.parent], '">', typed[(one_15.beside or 'n/a')], '</td>')
            if brief.numbers.previous:
                out += ('<td data-l="', typed[brief.numbers.previous], '">', typed[(one_15.before or 'n/a')], '</td>')
            out.append('</tr>\n')
        out.append('</tbody>\n</table>\n')
    for one_16 in brief.numbers.overlaps:
        out += ('<p class="note">It ', typed[one_16.how], ' ', linked(one_16.link, options), '.</p>')
    out.append('</section>\n')


def _notes(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="notes">\n<h2>Notes</h2>\n<div class="notes">')
    for one_17 in brief.notes:
        if (one_17.kind == 'bullets'):
            out.append('<ul>')
            for line_18 in one_17.lines:
                out += ('<li>', parts.spans(line_18, options), '</li>')
            out.append('</ul>\n')
        elif (one_17.kind == 'numbers'):
            out.append('<ol>')
            for line_19 in one_17.lines:
                out += ('<li>', parts.spans(line_19, options), '</li>')
            out.append('</ol>\n')
        elif (one_17.kind == 'fenced'):
            out.append('<pre>')
            for line_20 in one_17.lines:
                out += (parts.spans(line_20, options), '\n')
            out.append('</pre>\n')
        elif (one_17.kind == 'heading'):
            out += ('<h3>', parts.spans(one_17.lines[0], options), '</h3>\n')
        else:
            out += ('<p>', parts.spans(one_17.lines[0], options), '</p>')
    out.append('</div>\n</section>\n')


def _open(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="open">\n<h2>What we have not proved</h2>\n<table class="rows">\n<thead><tr><th scope="col">Assumption</th><th scope="col">Test</th><th scope="col">Due</th><th scope="col">State</th></tr></thead>\n<tbody>')
    for one_21 in brief.assumptions:
        out += ('<tr><td><strong>', typed[one_21.statement], '</strong></td><td data-l="Test">', typed[(one_21.test or 'none yet')], '</td><td data-l="Due">', typed[(one_21.due or 'no date')])
        if one_21.is_overdue:
            out.append(' <span class="late">overdue</span>')
        out += ('</td><td><span class="st ', typed[one_21.state], '">', typed[one_21.state], '</span></td></tr>\n')
    out.append('</tbody>\n</table>\n</section>\n')


def _decisions(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section>\n<h2>What we decided</h2>\n<ul class="plain saw">')
    for one_22 in brief.decisions:
        out += ('<li><b>', typed[sentence(upper_first(one_22.what))], '</b>')
        if one_22.why:
            out += (' ', typed[sentence(upper_first(one_22.why))])
        if one_22.date:
            out += (' <span class="mut">(', typed[one_22.date], ')</span>')
        out.append('</li>')
    out.append('</ul>\n</section>\n')


def _rules(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="rules">\n<h2>Who counts, exactly</h2>\n')
    if brief.rules.built_using:
        out.append('<p>Built using ')
        all_23 = list(brief.rules.built_using)
        for at_23, one_23 in enumerate(all_23):
            out.append(typed[one_23.name])
            if (', '.join(one_23.dimensions) != one_23.name.replace(' and ', ', ')):
                out += (' <span class="mut">(', typed[', '.join(one_23.dimensions)], ')</span>')
            if (not (at_23 == len(all_23) - 1)):
                out.append(', ')
        out.append('.</p>')
    if brief.rules.lines:
        out.append('<ul>')
        for one_24 in brief.rules.lines:
            out += ('<li>', typed[one_24], '</li>')
        out.append('</ul>')
    for link_25, lines_25 in brief.rules.inherited:
        out += ('<p class="note">And, as in all of ', linked(link_25, options), ': ', typed['; '.join(lines_25)], '.</p>')
    out.append('</section>\n')


def _sources(out: list[str], brief: Brief, options: Options, pictures: Pictures, version: str) -> None:
    out.append('<section id="sources">\n<h2>Where this comes from</h2>\n<ul class="plain srcs">')
    for one_26 in brief.sources:
        out.append('<li>')
        if one_26.link:
            out += ('<a href="', typed[one_26.link], '" rel="noreferrer">', typed[one_26.title], '</a>')
        else:
            out.append(typed[one_26.title])
        if one_26.who:
            out += (', ', typed[one_26.who])
        if one_26.date:
            out += (' · ', typed[one_26.date])
        out.append('</li>')
    out.append('</ul>\n</section>\n')


BLOCKS = {
    "style": _style,
    "hero": _hero,
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

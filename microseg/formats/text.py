"""For people: each finding with its line, carets under it, what to do, and the counts at the end."""

from __future__ import annotations

from collections.abc import Iterable

from microseg.formats._look import Look, is_shown, plural
from microseg.lint.finding import Finding, Report, Sums
from microseg.source.text import clean, width_of

_COLORS = {"error": "31", "warning": "33", "info": "36"}
_WIDEST = 140
_MARGIN = 40


def render(report: Report, look: Look) -> str:
    """One block a finding, then one line of counts."""
    return piece(report.findings, look) + last(report.sums, look)


def piece(findings: Iterable[Finding], look: Look) -> str:
    """The blocks of some findings: those of all files one behind the other are those of the report."""
    return "".join([f"{_block(one, look)}\n" for one in findings if is_shown(one, look)])


def last(sums: Sums, look: Look) -> str:
    """The line of counts."""
    return f"{_summary(sums, look)}\n"


def _paint(text: str, code: str, look: Look) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if look.color and text else text


def _block(one: Finding, look: Look) -> str:
    place = one.location
    where = f"{clean(look.prefix + place.path)}:{place.line}:{place.column}:"
    severity = _paint(one.severity, f"1;{_COLORS[one.severity]}", look)
    head = f"{_paint(where, '1', look)} {severity} {one.rule} {_paint(one.name, '1', look)}: {one.message}"
    lines = [head, *_excerpt(one, look)]
    lines += [f"   = see {clean(look.prefix + note.location.path)}:{note.location.line}:{note.location.column}: {note.message}" for note in one.related]
    if one.help:
        lines.append(f"   = {_paint('help', '1;32', look)}: {one.help}")
    return "\n".join(lines)


def _excerpt(one: Finding, look: Look) -> list[str]:
    """The line of the finding with carets under the place, in columns as wide as a terminal shows them."""
    place = one.location
    source = look.source(place.path)
    line = source.line(place.line)
    if not line.strip():
        return []
    first, last = place.column - 1, (place.end_column - 1 if place.end_line == place.line else len(line.rstrip()))
    last = max(last, first + 1)
    cut = max(0, first - _MARGIN) if len(line) > _WIDEST else 0
    window = line[cut : cut + _WIDEST]
    before = _shown(window[: first - cut])
    marked = _shown(window[first - cut : last - cut]) or " "
    number = f"{place.line:>5}"
    text = f"{'…' if cut else ''}{_shown(window)}{'…' if cut + _WIDEST < len(line) else ''}"
    carets = " " * (width_of(before) + (1 if cut else 0)) + _paint("^" * max(width_of(marked), 1), _COLORS[one.severity], look)
    bar = _paint("|", "34", look)
    return [f"{_paint(number, '34', look)} {bar} {text}", f"      {bar} {carets}{' ' + one.label if one.label else ''}"]


def _shown(text: str) -> str:
    return clean(text.replace("\t", "    "))


def _summary(sums: Sums, look: Look) -> str:
    parts = [plural(sums.error, "error"), plural(sums.warning, "warning")]
    if sums.info and look.show_infos:
        parts.append(plural(sums.info, "info"))
    aside = [f"{sums.suppressed:,} suppressed"] if sums.suppressed else []
    if sums.baselined:
        aside.append(f"{sums.baselined:,} baselined")
    if sums.info and not look.show_infos:
        aside.append(f"{plural(sums.info, 'hint')} with --all")
    line = f"{', '.join(parts)} in {plural(sums.segments, 'segment')}"
    if aside:
        line += f" ({', '.join(aside)})"
    fixable = sums.fixable_with_infos if look.show_infos else sums.fixable
    if fixable:
        line += f"; {fixable:,} fixable with --fix"
    color = "31" if sums.error else "33" if sums.warning else "32"
    return _paint(line, f"1;{color}", look)

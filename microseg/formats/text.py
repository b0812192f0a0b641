"""For people: each finding with its line, carets under it, what to do, and the counts at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from microseg.formats._look import Look, is_shown, plural
from microseg.lint.finding import SEVERITIES, Finding, Location, Report, Severity, Sums
from microseg.record import NamedTuple
from microseg.source.text import SourceFile, clean, width_of

_WIDEST = 140
_MARGIN = 40


def render(report: Report, look: Look) -> str:
    """One block a finding, then one line of counts."""
    return piece(report.findings, look) + last(report.sums, look)


def piece(findings: Iterable[Finding], look: Look) -> str:
    """The blocks of some findings: those of all files one behind the other are those of the report."""
    ink = _COLORED if look.color else _PLAIN
    return "".join([_block(one, look, ink) for one in findings if is_shown(one, look)])


def last(sums: Sums, look: Look) -> str:
    """The line of counts."""
    return f"{_summary(sums, look)}\n"


class _Ink(NamedTuple):
    """What begins a color in a terminal, and what ends it; empty where there are none."""

    bold: str
    severity: dict[Severity, str]
    carets: dict[Severity, str]
    aside: str
    help: str
    end: str


_PLAIN = _Ink("", dict.fromkeys(SEVERITIES, ""), dict.fromkeys(SEVERITIES, ""), "", "", "")
_COLORED = _Ink(
    "\x1b[1m",
    {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"},
    {"error": "\x1b[31m", "warning": "\x1b[33m", "info": "\x1b[36m"},
    "\x1b[34m",
    "\x1b[1;32m",
    "\x1b[0m",
)


def _block(one: Finding, look: Look, ink: _Ink) -> str:
    severity, end = one.severity, ink.end
    said = f"{ink.bold}{_where(one.location, look)}:{end} {ink.severity[severity]}{severity}{end} {one.rule} {ink.bold}{one.name}{end}: {one.message}\n"
    said += _excerpt(one, look.source(one.location.path), ink)
    for note in one.related:
        said += f"   = see {_where(note.location, look)}: {note.message}\n"
    return f"{said}   = {ink.help}help{end}: {one.help}\n" if one.help else said


def _where(place: Location, look: Look) -> str:
    return f"{clean(look.prefix + place.path)}:{place.line}:{place.column}"


def _excerpt(one: Finding, source: SourceFile, ink: _Ink) -> str:
    """The line of the finding with carets under the place, in columns as wide as a terminal shows them."""
    at: Any = one.location  # at run time a record is a tuple
    _, number, column, end_number, end_column = at
    line = source.line(number)
    if not line or line.isspace():
        return ""
    first, last = column - 1, (end_column - 1 if end_number == number else len(line.rstrip()))
    last = max(last, first + 1)
    cut = max(0, first - _MARGIN) if len(line) > _WIDEST else 0
    window = line[cut : cut + _WIDEST]
    begin, end = first - cut, min(last - cut, len(window))
    is_ordinary = window.isascii() and window.isprintable()  # then each character takes a cell
    before, marked = (min(begin, end), end - begin) if is_ordinary else (width_of(_shown(window[:begin])), width_of(_shown(window[begin:end])))
    text = f"{'…' if cut else ''}{window if is_ordinary else _shown(window)}{'…' if cut + _WIDEST < len(line) else ''}"
    carets = f"{' ' * (before + (1 if cut else 0))}{ink.carets[one.severity]}{'^' * max(marked, 1)}{ink.end}{' ' + one.label if one.label else ''}"
    bar = f"{ink.aside}|{ink.end}"
    return f"{ink.aside}{number:>5}{ink.end} {bar} {text}\n      {bar} {carets}\n"


def _shown(text: str) -> str:
    return clean(text.replace("\t", "    "))


def _paint(text: str, code: str, look: Look) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if look.color and text else text


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

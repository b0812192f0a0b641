"""What becomes of what rules found: severity, suppression, order, places as people count them, fingerprints."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from microseg.lint.baseline import Entry
from microseg.lint.finding import Edit, Finding, Fix, Identity, Location, Related, Report, Severity
from microseg.lint.paths import covers
from microseg.lint.rule import Found, Rule, is_known, matches, rules_by_name
from microseg.lint.suppress import HOW, Suppression, refused
from microseg.model.places import Place
from microseg.source.nearest import nearest
from microseg.source.text import SourceFile, clean

if TYPE_CHECKING:
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

# a draft is not nagged: of these families the warnings, and MS301, are to-dos while a segment is a draft
_TO_DO_FAMILIES = frozenset({"MS1", "MS3", "MS5", "MS7", "MS8"})
_TO_DO_RULES = frozenset({"MS301"})
_ITEM_LENGTH = 200
_LONGEST = 500
_LONGEST_HELP = 1_500


class Baseline(NamedTuple):
    """The findings that a team lives with for now, and the file that names them."""

    path: str
    text: str
    entries: tuple[Entry, ...]


class Settled(NamedTuple):
    """What settling needs to know of the workspace."""

    workspace: Workspace
    suppressions: dict[str, tuple[Suppression, ...]]
    source: Callable[[str], SourceFile]


def settle(about: Settled, found: Iterable[tuple[Rule, Found]], rules: list[Rule], *, suppress: bool = True, baseline: Baseline | None = None) -> Report:
    """Everything that was found, as a report: sorted by path, line, column and code."""
    segments = _SegmentsByPlace(about.workspace)
    finish = _Finisher(about, segments)
    by_name = _by_name(about.suppressions)
    kept, silenced, used = [], [], set()
    codes = {one.code for one in rules}
    for one, hit in found:
        if _is_ignored_here(one, hit, about):
            continue
        cover = _covering(one, hit, by_name) if suppress else None
        if cover is not None:
            used.add(cover)
            silenced.append(finish(one, hit))
        else:
            kept.append(finish(one, hit))
    if suppress:
        kept += (finish(one, hit) for one, hit in _judge_suppressions(about, used, codes))
    kept += (finish(one, hit) for one, hit in _judge_settings(about, codes))
    ordered = _ordered(kept)
    lived_with: tuple[Finding, ...] = ()
    if baseline is not None:
        ordered, lived_with = _apply_baseline(ordered, baseline, is_on="MS905" in codes)
    return Report(".", len(about.workspace.segments), ordered, _ordered(silenced), lived_with)


def _apply_baseline(findings: tuple[Finding, ...], baseline: Baseline, *, is_on: bool) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is left beside the baseline, and what it holds; an entry that nothing matches is MS905."""
    known = {entry.identity for entry in baseline.entries}
    lived_with = tuple(one for one in findings if one.identity in known)
    matched = {one.identity for one in lived_with}
    left = [one for one in findings if one.identity not in known]
    if is_on:
        source = SourceFile(baseline.path, baseline.text)
        left += (_stale(entry, source) for entry in baseline.entries if entry.identity not in matched)
    return _ordered(left), lived_with


def _stale(entry: Entry, source: SourceFile) -> Finding:
    one = rules_by_name()["MS905"]
    start, end = source.position(entry.start), source.position(entry.end)
    message = f"nothing matches this entry any more: {entry.identity.rule} of {clean(entry.identity.owner)}"
    place = Location(source.path, start.line, start.column, end.line, end.column)
    return Finding(one.code, one.name, one.severity, "sure", message, "take it out: microseg lint --write-baseline", place, identity=Identity(one.code, source.path, str(entry.identity)))


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sorted by place; those that are about the same thing are told apart by their rank."""
    findings.sort(key=_order)
    ranks: Counter[Identity] = Counter()
    done = []
    for one in findings:
        ranks[one.identity] += 1
        rank = ranks[one.identity]
        done.append(one if rank == 1 else dataclasses.replace(one, identity=one.identity._replace(rank=rank)))
    return tuple(done)


def _order(one: Finding) -> tuple[str, int, int, int, int, str, str]:
    """By place, rule and message; plain values, for tens of thousands of records compare slowly."""
    at = one.location
    return at.path, at.line, at.column, at.end_line, at.end_column, one.rule, one.message


class _SegmentsByPlace:
    """Which segment a place belongs to: the innermost one that holds it."""

    def __init__(self, workspace: Workspace) -> None:
        self._by_path: dict[str, list[Segment]] = {}
        for segment in workspace.segments:
            self._by_path.setdefault(segment.at.path, []).append(segment)
        self._starts: dict[str, list[int]] = {}

    def at(self, place: Place) -> Segment | None:
        held = self._by_path.get(place.path)
        if not held:
            return None
        starts = self._starts.get(place.path)
        if starts is None:
            held.sort(key=lambda one: one.at.start)
            starts = self._starts[place.path] = [one.at.start for one in held]
        for index in range(bisect_right(starts, place.start) - 1, -1, -1):
            if held[index].at.end >= place.start:
                return held[index]
        return None


class _Finisher:
    """Makes a finding of what a rule found."""

    def __init__(self, about: Settled, segments: _SegmentsByPlace) -> None:
        self.about = about
        self.segments = segments

    def __call__(self, one: Rule, hit: Found) -> Finding:
        segment = hit.segment or self.segments.at(hit.place)
        text = self.about.source(hit.place.path).text[hit.place.start : hit.place.end]
        item = " ".join((hit.item or text).split())[:_ITEM_LENGTH]
        owner = segment.id if segment is not None and segment.id else hit.place.path
        return Finding(
            rule=one.code,
            name=one.name,
            severity=self._severity(one, hit, segment),
            confidence=hit.confidence,
            message=_bounded(clean(hit.message)),
            help=_bounded(clean(hit.help), _LONGEST_HELP),
            location=self._locate(hit.place),
            segment=segment.id if segment is not None else None,
            item=clean(item) or None,
            related=tuple(Related(self._locate(note.place), _bounded(clean(note.message))) for note in hit.notes),
            fix=_fix(hit),
            identity=Identity(one.code, owner, hit.route or item),
            label=clean(hit.label),
        )

    def _locate(self, place: Place) -> Location:
        source = self.about.source(place.path)
        start = source.position(place.start)
        end = source.position(max(place.end, place.start))
        return Location(place.path, start.line, start.column, end.line, end.column)

    def _severity(self, one: Rule, hit: Found, segment: Segment | None) -> Severity:
        severity = hit.severity or one.severity
        if severity == one.severity:
            severity = _severity_in_settings(one, self.about.workspace) or severity
        is_draft = segment is not None and self.about.workspace.status(segment) == "draft"
        is_nagging = (severity == "warning" and one.family in _TO_DO_FAMILIES) or one.code in _TO_DO_RULES
        return "info" if is_draft and is_nagging else severity


def _bounded(text: str, longest: int = _LONGEST) -> str:
    """A message that quotes a whole book is no message."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _severity_in_settings(one: Rule, workspace: Workspace) -> Severity | None:
    settings = workspace.config.lint
    named = {} if settings is None else {entry.name: entry.value for entry in settings.severity}
    value = named.get(one.code) or named.get(one.name) or named.get(one.family)
    return value if value in {"error", "warning", "info"} else None


def _fix(hit: Found) -> Fix | None:
    if hit.mend is None:
        return None
    edits = tuple(Edit(path, edit.start, edit.end, edit.text) for path, edit in hit.mend.edits)
    return Fix(clean(hit.mend.title), edits, hit.mend.safe)


def _by_name(suppressions: dict[str, tuple[Suppression, ...]]) -> dict[tuple[str, str], list[Suppression]]:
    """The suppressions that count, by path and by the rule they name."""
    found: dict[tuple[str, str], list[Suppression]] = {}
    for path, comments in suppressions.items():
        for comment in comments:
            for name in () if comment.wrong else comment.rules:
                found.setdefault((path, name), []).append(comment)
    return found


def _covering(one: Rule, hit: Found, suppressions: dict[tuple[str, str], list[Suppression]]) -> tuple[str, Suppression, str] | None:
    """The suppression that silences a finding, with the name by which it does."""
    if refused(one.code):
        return None
    for name in (one.code, one.name):
        for comment in suppressions.get((hit.place.path, name), ()):
            if comment.cover_start <= hit.place.start < max(comment.cover_end, comment.cover_start + 1):
                return hit.place.path, comment, name
    return None


def _is_ignored_here(one: Rule, hit: Found, about: Settled) -> bool:
    settings = about.workspace.config.lint
    if settings is None:
        return False
    return any(covers(entry.name, hit.place.path) and any(matches(selector, one) for selector in entry.value.ignore) for entry in settings.per_path)


def _judge_suppressions(about: Settled, used: set[tuple[str, Suppression, str]], codes: set[str]) -> Iterator[tuple[Rule, Found]]:
    """MS901 to MS904: comments that silence nothing, name nothing, or say no reason."""
    for path, comments in sorted(about.suppressions.items()):
        for comment in comments:
            for code, message, help_ in _faults(path, comment, used):
                if code in codes:
                    yield rules_by_name()[code], Found(Place(path, comment.start, comment.end), message, help_)


def _faults(path: str, comment: Suppression, used: set[tuple[str, Suppression, str]]) -> Iterator[tuple[str, str, str]]:
    if comment.wrong:
        yield "MS903", comment.wrong, HOW
        return
    for name in comment.rules:
        why = refused(name)
        if why:
            yield "MS903", why, "name one rule, by its code or its name"
        elif not is_known(name):
            yield "MS902", f"there is no rule `{name}`", _did_you_mean(name)
        elif (path, comment, name) not in used:
            yield "MS901", f"this suppression of `{name}` silences nothing", "delete it"
    if not comment.reason:
        yield "MS904", "this suppression does not say why", "write the reason behind the bracket"


def _did_you_mean(name: str) -> str:
    hint = nearest(name, rules_by_name())
    return f"did you mean `{hint}`?" if hint else "`microseg explain --all` lists the rules"


def _judge_settings(about: Settled, codes: set[str]) -> Iterator[tuple[Rule, Found]]:
    """MS902 for each rule that microseg.yaml names and that does not exist."""
    settings = about.workspace.config.lint
    if settings is None or "MS902" not in codes:
        return
    named = [(name, settings.at.item("ignore", index)) for index, name in enumerate(settings.ignore)]
    named += [(entry.name, entry.place) for entry in settings.severity]
    for entry in settings.per_path:
        named += [(name, entry.value.at.item("ignore", index)) for index, name in enumerate(entry.value.ignore)]
    for name, place in named:
        if not is_known(name):
            yield rules_by_name()["MS902"], Found(place, f"there is no rule `{name}`", _did_you_mean(name))

"""What becomes of what rules found: severity, suppression, order, places as people count them, fingerprints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from microseg.lint.baseline import Entry
from microseg.lint.finding import SEVERITIES, Edit, Finding, Fix, Identity, Location, Related, Report, Severity
from microseg.lint.paths import covers
from microseg.lint.rule import Found, Mend, Note, Rule, is_known, matches, rules_by_name
from microseg.lint.suppress import HOW, Suppression, refused
from microseg.model.places import Place
from microseg.record import NamedTuple, made, replace
from microseg.source.nearest import nearest
from microseg.source.text import SourceFile, clean
from microseg.words.memo import Memo

if TYPE_CHECKING:
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

# a draft is not nagged: of these families the warnings, and MS301, are to-dos while a segment is a draft
_TO_DO_FAMILIES = frozenset({"MS1", "MS3", "MS5", "MS7", "MS8"})
_TO_DO_RULES = frozenset({"MS301"})
_ITEM_LENGTH = 200
_LONGEST = 500
_LONGEST_HELP = 1_500
_MOST_PLACES = 5_000  # some hundreds of bytes each


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


def settle(about: Settled, found: Iterable[tuple[Rule, Found]], rules: list[Rule], *, suppress: bool = True) -> Report:
    """Everything that was found, as a report: sorted by path, line, column and code."""
    findings = Settling(about, rules, suppress=suppress)(found)
    return Report(".", len(about.workspace.segments), findings.kept, findings.silenced)


class Unlisted(NamedTuple):
    """How many infos were only counted, and how many of them have a safe fix."""

    infos: int
    fixable: int


NONE_UNLISTED = Unlisted(0, 0)


class Findings(NamedTuple):
    """What is kept, and what comments silence, each sorted by path, line, column and code; and what is only counted."""

    kept: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    unlisted: Unlisted


class Settling:
    """Makes findings of what was found, in all files or in one: what is said of one file does not hang on another, ranks among equals aside."""

    def __init__(self, about: Settled, rules: list[Rule], *, suppress: bool = True, infos: bool = True) -> None:
        """Make ready; without `suppress`, comments silence nothing and are not judged; without `infos`, those that are kept are only counted."""
        self._about = about
        self._finish = _Finisher(about)
        self._infos = infos
        self._codes = {one.code for one in rules}
        self._suppressions = about.suppressions if suppress else {}
        self._by_name = _by_name(self._suppressions)
        self._of_settings = list(_judge_settings(about, self._codes))
        self._is_ignored = _is_ignored_here if about.workspace.config.lint is not None else None

    def __call__(self, found: Iterable[tuple[Rule, Found]], path: str | None = None) -> Findings:
        """What becomes of what was found; of one file, when `found` is all that was found in it."""
        finish, about = self._finish, self._about
        kept, silenced, used, unlisted = [], [], set(), []
        for one, hit in found:
            if self._is_ignored is not None and self._is_ignored(one, hit, about):
                continue
            cover = _covering(one, hit, self._by_name) if self._by_name else None
            severity = finish.severity(one, hit)
            if cover is not None:
                used.add(cover)
                silenced.append(finish(one, hit, severity))
            elif severity == "info" and not self._infos:
                unlisted.append(hit)
            else:
                kept.append(finish(one, hit, severity))
        if self._suppressions:
            comments = self._suppressions if path is None else {path: self._suppressions.get(path, ())}
            kept += (finish(one, hit) for one, hit in _judge_suppressions(comments, used, self._codes))
        kept += (finish(one, hit) for one, hit in self._of_settings if path is None or hit.place.path == path)
        return Findings(_ordered(kept), _ordered(silenced), Unlisted(len(unlisted), sum([hit.mend is not None and hit.mend.safe for hit in unlisted])))


def with_baseline(report: Report, baseline: Baseline | None, rules: Iterable[Rule]) -> Report:
    """What is left beside the baseline, and what it holds; an entry that nothing matches is MS905."""
    if baseline is None:
        return report
    findings = report.findings
    known = {entry.identity for entry in baseline.entries}
    lived_with = tuple(one for one in findings if one.identity in known)
    matched = {one.identity for one in lived_with}
    left = [one for one in findings if one.identity not in known]
    if any(one.code == "MS905" for one in rules):
        source = SourceFile(baseline.path, baseline.text)
        left += (_stale(entry, source) for entry in baseline.entries if entry.identity not in matched)
    return replace(report, findings=_ordered(left), baselined=lived_with)


def _stale(entry: Entry, source: SourceFile) -> Finding:
    one = rules_by_name()["MS905"]
    start, end = source.position(entry.start), source.position(entry.end)
    message = f"nothing matches this entry any more: {entry.identity.rule} of {clean(entry.identity.owner)}"
    place = Location(source.path, start.line, start.column, end.line, end.column)
    return Finding(one.code, one.name, one.severity, "sure", message, "take it out: microseg lint --write-baseline", place, identity=Identity(one.code, source.path, str(entry.identity)))


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sorted by place; those that are about the same thing are told apart by their rank."""
    findings.sort(key=_order)
    ranks: dict[Identity, int] = {}
    done = []
    for one in findings:
        identity = one.identity
        rank = ranks[identity] = ranks.get(identity, 0) + 1
        done.append(one if rank == 1 else replace(one, identity=identity._replace(rank=rank)))
    return tuple(done)


def _order(one: Finding) -> tuple[str, int, int, int, int, str, str]:
    """By place, rule and message; plain values, for tens of thousands of records compare slowly."""
    return *one.location, one.rule, one.message  # type: ignore[misc]  # at run time a record is a tuple


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

    def __init__(self, about: Settled) -> None:
        self._workspace = about.workspace
        self._source = about.source
        self._segments = _SegmentsByPlace(about.workspace)
        self._severities: dict[str, tuple[Severity, frozenset[Severity]]] = {}
        self._locations: Memo[Place, Location] = Memo(lambda place: _located(place, about.source(place.path)), _MOST_PLACES)  # many findings and notes name the same
        self._related: Memo[Note, Related] = Memo(lambda note: made(Related, (self._locations[note.place], _sayable(note.message, _LONGEST))), _MOST_PLACES)

    def __call__(self, one: Rule, hit: Found, severity: Severity | None = None) -> Finding:
        """`severity` where it is known."""
        place, message, help_, notes, mend, segment, item, confidence, _, label, route = hit
        segment = segment or self._segments.at(place)
        said = item or self._source(place.path).text[place.start : place.end]
        item = " ".join(said.split())[:_ITEM_LENGTH]
        id_ = segment.id if segment is not None else None
        return made(
            Finding,
            (
                one.code,
                one.name,
                severity or self.severity(one, hit),
                confidence,
                _sayable(message, _LONGEST),
                _sayable(help_, _LONGEST_HELP),
                self._locations[place],
                id_,
                clean(item) or None,
                tuple(map(self._related.__getitem__, notes)),
                None if mend is None else _fix(mend),
                Identity(one.code, id_ or place.path, route or item),
                clean(label) if label else "",
            ),
        )

    def severity(self, one: Rule, hit: Found) -> Severity:
        """How bad it is: as the settings say, else the finding, else the rule; while a segment is a draft, some is only to be done."""
        known = self._severities.get(one.code)
        if known is None:
            known = self._severities[one.code] = _severity_in_settings(one, self._workspace) or one.severity, _waiting(one)
        usual, waiting = known
        own = hit.severity
        severity = usual if own is None or own == one.severity else own
        if severity not in waiting:
            return severity
        segment = hit.segment or self._segments.at(hit.place)
        return "info" if segment is not None and self._workspace.status(segment) == "draft" else severity


def _waiting(one: Rule) -> frozenset[Severity]:
    """Of which severity a rule's findings wait while a segment is a draft."""
    if one.code in _TO_DO_RULES:
        return frozenset(SEVERITIES)
    return frozenset({"warning"}) if one.family in _TO_DO_FAMILIES else frozenset()


def _located(place: Place, source: SourceFile) -> Location:
    """A place as a person counts it; past the end is the end, and mostly it ends on the line it begins on."""
    path, start, end = place
    size = len(source.text)
    if not 0 <= start <= end <= size:
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
    line, begun = source.line_at(start)
    if source.is_one_line(start, end):
        return made(Location, (path, line, start - begun + 1, line, end - begun + 1))
    last, last_begun = source.line_at(end)
    return made(Location, (path, line, start - begun + 1, last, end - last_begun + 1))


def _sayable(text: str, longest: int) -> str:
    """A text without what nobody can see; a message that quotes a whole book is no message."""
    if not text.isprintable():
        text = clean(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _severity_in_settings(one: Rule, workspace: Workspace) -> Severity | None:
    settings = workspace.config.lint
    named = {} if settings is None else {entry.name: entry.value for entry in settings.severity}
    value = named.get(one.code) or named.get(one.name) or named.get(one.family)
    return value if value in {"error", "warning", "info"} else None


def _fix(mend: Mend) -> Fix:
    edits = tuple([Edit(path, edit.start, edit.end, edit.text) for path, edit in mend.edits])
    return Fix(clean(mend.title), edits, mend.safe)


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
    for name in (one.code, one.name):
        for comment in suppressions.get((hit.place.path, name), ()):
            if comment.cover_start <= hit.place.start < max(comment.cover_end, comment.cover_start + 1) and not refused(one.code):
                return hit.place.path, comment, name
    return None


def _is_ignored_here(one: Rule, hit: Found, about: Settled) -> bool:
    settings = about.workspace.config.lint
    if settings is None:
        return False
    return any(covers(entry.name, hit.place.path) and any(matches(selector, one) for selector in entry.value.ignore) for entry in settings.per_path)


def _judge_suppressions(suppressions: dict[str, tuple[Suppression, ...]], used: set[tuple[str, Suppression, str]], codes: set[str]) -> Iterator[tuple[Rule, Found]]:
    """MS901 to MS904: comments that silence nothing, name nothing, or say no reason."""
    for path, comments in sorted(suppressions.items()):
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

"""Stage two: rules by scope over the whole workspace, then settling what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.lint.rule import Chain, Context, Family, Found, Mend, Note, Rule, all_rules, matches, rules_by_name
from microseg.lint.settle import Baseline, Settled, settle
from microseg.model.places import Place

if TYPE_CHECKING:
    import datetime

    from microseg.criteria.dimensions import Dimensions
    from microseg.lint.finding import Report
    from microseg.lint.suppress import Suppression
    from microseg.model.link import FileProblem
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.source.edits import TextEdit
    from microseg.source.text import SourceFile
    from microseg.words.analyse import Analysis

HELD_BACK = "MS012"
_Told = dict[tuple[str, Any], tuple[Found, ...]]  # by rule and day
_MOST_A_FILE = 1_000
_LONGEST_TITLE = 80


class Inputs(NamedTuple):
    """Everything that rules are judged on, as stage one left it."""

    workspace: Workspace
    dimensions: Dimensions
    problems: tuple[FileProblem, ...]
    suppressions: dict[str, tuple[Suppression, ...]]
    analyses: dict[str, Analysis]
    digests: dict[str, str]
    source: Callable[[str], SourceFile]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line adds to the settings."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    suppress: bool = True
    baseline: Baseline | None = None


@dataclass(slots=True)
class Results:
    """What rules said of what they were handed, kept from one run to the next. Removing it only costs time."""

    by_key: dict[tuple[Any, ...], _Told] = field(default_factory=dict)  # by the segments handed, then by rule: long keys are slow to look up


def judge(inputs: Inputs, options: Options, results: Results) -> Report:
    """Run every rule that is not switched off, and settle what they found."""
    context = Context(inputs.workspace.config, options.as_of or inputs.workspace.newest_date, inputs.dimensions, _analyser(inputs.analyses), inputs.source)
    rules = [one for one in all_rules() if _is_on(one, inputs, options)]
    by_code = {one.code: one for one in rules}
    found = [(by_code[problem.code], _from_reader(path, problem)) for path, problem in inputs.problems if problem.code in by_code]
    handed = _Scopes(inputs.workspace, inputs.digests, results.by_key)
    for one in rules:
        if one.check is not None:
            found += ((one, hit) for hit in _run(one, inputs, context, handed=handed))
    results.by_key = handed.kept
    return settle(Settled(inputs.workspace, inputs.suppressions, inputs.source), _bounded(found), rules, suppress=options.suppress, baseline=options.baseline)


def _analyser(analyses: dict[str, Analysis]) -> Callable[[str], Analysis]:
    """The analysis of a statement: from stage one, or made now for a text that came from elsewhere."""

    def look_up(text: str) -> Analysis:
        held = analyses.get(text)
        if held is None:
            from microseg.words.analyse import analyse

            held = analyses[text] = analyse(text)
        return held

    return look_up


def _is_on(one: Rule, inputs: Inputs, options: Options) -> bool:
    settings = inputs.workspace.config.lint
    if options.select:
        return any(matches(selector, one) for selector in options.select) and not any(matches(selector, one) for selector in options.ignore)
    ignored = (*options.ignore, *(settings.ignore if settings else ()))
    return not any(matches(selector, one) for selector in ignored)


def _from_reader(path: str, problem: Any) -> Found:
    notes = tuple(Note(Place(path, note.start, note.end), note.message) for note in problem.notes)
    mend = Mend(_written(problem.edits), tuple((path, edit) for edit in problem.edits), problem.safe) if problem.edits else None
    return Found(Place(path, problem.start, problem.end), problem.message, problem.help, notes, mend, severity=problem.severity)


def _written(edits: Iterable[TextEdit]) -> str:
    """What a mend writes, in a few words."""
    text = " ".join(" ".join(edit.text for edit in edits).split()).rstrip(",")
    return f"write {text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1] + '…'}" if text else "take it out"


def _run(one: Rule, inputs: Inputs, context: Context, *, handed: _Scopes) -> Iterator[Found]:
    """One rule over everything of its scope; what it was handed before, unchanged, is not judged again."""
    assert one.check is not None
    if one.scope == "workspace":
        yield from one.check(inputs.workspace, context)
        return
    key = (one.code, context.as_of)
    for thing, before, kept in handed.of(one.scope):
        found = before.get(key)
        if found is None:
            found = tuple(one.check(thing, context))
        kept[key] = found
        yield from found


class _Scopes:
    """What rules are handed by their scope, worked out once a run."""

    def __init__(self, workspace: Workspace, digests: dict[str, str], before: dict[tuple[Any, ...], _Told]) -> None:
        self.workspace = workspace
        self.before = before
        self.kept: dict[tuple[Any, ...], _Told] = {}
        self.keys = {id(segment): _key(segment, digests) for segment in workspace.segments}
        self.known: dict[str, list[tuple[Any, _Told, _Told]]] = {}

    def of(self, scope: str) -> list[tuple[Any, _Told, _Told]]:
        """Each thing of a scope with what was said of it in the last run, and what is said of it in this one."""
        found = self.known.get(scope)
        if found is None:
            things = self._chains() if scope == "chain" else self._families()
            keyed = ((thing, tuple(self.keys[id(member)] for member in members)) for thing, members in things)
            found = self.known[scope] = [(thing, self.before.get(key, {}), self.kept.setdefault(key, {})) for thing, key in keyed]
        return found

    def _chains(self) -> Iterator[tuple[Any, tuple[Segment, ...]]]:
        for segment in self.workspace.segments:
            ancestors = self.workspace.ancestors(segment)
            yield Chain(segment, ancestors), (segment, *ancestors)

    def _families(self) -> Iterator[tuple[Any, tuple[Segment, ...]]]:
        yield Family(None, (), self.workspace.roots), self.workspace.roots
        for parent in self.workspace.segments:
            children = self.workspace.children(parent)
            if children:
                ancestors = self.workspace.ancestors(parent)
                yield Family(parent, ancestors, children), (parent, *ancestors, *children)


def _key(segment: Segment, digests: dict[str, str]) -> tuple[Any, ...]:
    """What a segment is, for a result to be kept by: its file's bytes, its place there, and what the tree gave it."""
    return (segment.at.path, digests.get(segment.at.path), segment.at.start, segment.id, segment.level, segment.parent and segment.parent.written)


def _bounded(found: Iterable[tuple[Rule, Found]]) -> list[tuple[Rule, Found]]:
    """At most a thousand findings a file; the rest is one line with their number."""
    kept: list[tuple[Rule, Found]] = []
    counts: dict[str, int] = {}
    for one, hit in found:
        path = hit.place.path
        counts[path] = counts.get(path, 0) + 1
        if counts[path] <= _MOST_A_FILE:
            kept.append((one, hit))
    held_back = rules_by_name().get(HELD_BACK)
    for path, count in sorted(counts.items()):
        if count > _MOST_A_FILE and held_back is not None:
            message = f"{count - _MOST_A_FILE:,} more findings in this file are not shown"
            kept.append((held_back, Found(Place(path, 0, 0), message, "mend the first ones and run again")))
    return kept

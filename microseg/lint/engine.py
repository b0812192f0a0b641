"""Stage two: rules by scope over the whole workspace, then settling what they found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from microseg.lint.local import Hit, Kept, Local, Results, Work, families, in_this_process
from microseg.lint.rule import Context, Found, Mend, Note, Rule, Scope, all_rules, matches, rules_by_name
from microseg.lint.settle import Baseline, Settled, Settling, settle, with_baseline
from microseg.model.places import Place
from microseg.record import NamedTuple, record
from microseg.words.memo import Memo

if TYPE_CHECKING:
    import datetime

    from microseg.config import Config
    from microseg.criteria.dimensions import Dimensions
    from microseg.lint.finding import Report
    from microseg.lint.suppress import Suppression
    from microseg.model.link import FileProblem
    from microseg.model.workspace import Workspace
    from microseg.source.edits import TextEdit
    from microseg.source.text import SourceFile

HELD_BACK = "MS012"
BEYOND: frozenset[Scope] = frozenset({"linked", "workspace"})  # the scopes of rules that look beyond families
_READER = -2  # where a hit stands that no rule was handed anything for
_ALL = -1
MOST_A_FILE = 1_000
_LONGEST_TITLE = 80
_MOST_ANALYSES = 20_000  # kept at a time


class Inputs(NamedTuple):
    """Everything that rules are judged on, as stage one left it."""

    workspace: Workspace
    dimensions: Dimensions
    problems: tuple[FileProblem, ...]
    suppressions: dict[str, tuple[Suppression, ...]]
    contents: Mapping[str, bytes]  # of each file, as it was read
    source: Callable[[str], SourceFile]


@record
class Options:
    """What the command line adds to the settings."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    suppress: bool = True
    baseline: Baseline | None = None


class Heard(NamedTuple):
    """What all rules that are switched on have said, before it is settled."""

    rules: list[Rule]
    hits: list[Hit]


def judge(inputs: Inputs, options: Options, results: Results | None, local: Local = in_this_process) -> Report:
    """Run every rule that is not switched off, and settle what they found.

    `results` are kept for a further run, None where there will be none; `local` may share the families out to others.
    """
    heard = hear(inputs, options, results, local)
    return with_baseline(conclude(inputs, options, heard), options.baseline, heard.rules)


def hear(inputs: Inputs, options: Options, results: Results | None, local: Local = in_this_process, *, scopes: frozenset[Scope] = BEYOND) -> Heard:
    """Ask every rule that is not switched off; of those that look beyond families, only those of some `scopes`."""
    from microseg.words.analyse import analyse

    workspace = inputs.workspace
    analyses = Memo(analyse, _MOST_ANALYSES)  # those of a family are asked for several times, and then never again
    context = Context(workspace.config, options.as_of or workspace.newest_date, inputs.dimensions, analyses.__getitem__, inputs.source)
    rules = rules_of(workspace.config, options)
    by_code = {one.code: one for one in rules}
    kept = None if results is None else Kept(results, (tuple(by_code), context.as_of), inputs.contents)
    slices = local(families(workspace), Work(workspace, context, rules, kept))
    hits = [Hit(problem.code, _READER, _from_reader(path, problem)) for path, problem in inputs.problems if problem.code in by_code]
    for one in rules:
        if one.scope in scopes and one.check is not None:
            hits += (Hit(one.code, _ALL, found) for found in one.check(workspace, context))
    for told in slices:
        hits += told
    if kept is not None:
        kept.hand_on()
    return Heard(rules, hits)


def rules_of(config: Config, options: Options) -> list[Rule]:
    """The rules that are switched on."""
    return [one for one in all_rules() if _is_on(one, config, options)]


def conclude(inputs: Inputs, options: Options, heard: Heard) -> Report:
    """What was said, settled; without the baseline."""
    return settle(_about(inputs), by_rule(_bounded(heard.hits)), heard.rules, suppress=options.suppress)


def settling(inputs: Inputs, options: Options, rules: list[Rule], *, infos: bool = True) -> Settling:
    """What settles a file at a time what `conclude` settles at once, while no file has more than `MOST_A_FILE` hits; without `infos`, those are only counted."""
    return Settling(_about(inputs), rules, suppress=options.suppress, infos=infos)


def by_rule(hits: Iterable[Hit]) -> Iterator[tuple[Rule, Found]]:
    """What was found, each with its rule."""
    named = rules_by_name()
    return ((named[hit.code], hit.found) for hit in hits)


def _about(inputs: Inputs) -> Settled:
    return Settled(inputs.workspace, inputs.suppressions, inputs.source)


def _is_on(one: Rule, config: Config, options: Options) -> bool:
    settings = config.lint
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


def _bounded(hits: list[Hit]) -> list[Hit]:
    """At most a thousand findings a file, those of the first rules; the rest is one line with their number."""
    counts = Counter([hit.found.place.path for hit in hits])
    too_many = {path for path, count in counts.items() if count > MOST_A_FILE}
    held_back = rules_by_name().get(HELD_BACK)
    if not too_many:
        return hits
    kept = [hit for hit in hits if hit.found.place.path not in too_many]
    for path in sorted(too_many):
        there = [hit for hit in hits if hit.found.place.path == path]
        there.sort(key=_in_order)
        kept += there[:MOST_A_FILE]
        if held_back is not None:
            message = f"{counts[path] - MOST_A_FILE:,} more findings in this file are not shown"
            kept.append(Hit(held_back.code, _ALL, Found(Place(path, 0, 0), message, "mend the first ones and run again")))
    return kept


def _in_order(hit: Hit) -> tuple[bool, str, int]:
    """What reading found comes first, then rule by rule, each in the order of the segments, whoever judged them."""
    is_read = hit.where == _READER
    return not is_read, "" if is_read else hit.code, hit.where

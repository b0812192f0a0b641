"""microseg judge: is this a minimum expected requirement, a persona, vague, a cure in disguise?"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from microseg.cli.options import HERE, Color, Directory, Output, Quiet, choose, complete_segment, find_segment, open_project, say, wants_color, write
from microseg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from microseg.words.context import Context
    from microseg.words.explain import Explanation

_KINDS = ("pain", "solution", "segment")
_COLORS = {"quality": "31", "generic": "33", "group": "35", "function": "2", "left": "1;32"}
_LEGEND = {"quality": "praise", "generic": "any product", "group": "the group's own", "function": "grammar", "left": "left over"}
_LONGEST = 2_000


def run(
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Statements; `-` reads one a line from standard input.", show_default=False)] = None,
    *,
    kind: Annotated[str, typer.Option(metavar="KIND", help="pain, solution or segment.")] = "pain",
    in_: Annotated[str, typer.Option("--in", metavar="SEGMENT", help="Judge it as an item of this segment.", autocompletion=complete_segment)] = "",
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json or jsonl.")] = "text",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Standard input holds JSON lines with text, kind and segment.")] = False,
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Say whether a statement is a need of a segment, or what every product owes.

    \b
    microseg judge "A good UI"
    microseg judge "Fast re-certification of crane operators between shifts" --kind solution
    microseg judge - --format jsonl < statements.txt
    """
    choose(kind, _KINDS, what="kind")
    choose(format_, ("text", "json", "jsonl"), what="format")
    asked = list(_asked(text or [], kind, in_, jsonl=jsonl))
    if not asked:
        raise UsageError("there is no statement to judge", 'for example: microseg judge "A good UI"')
    contexts: dict[str, Context] = {}
    judged = [(one, _judge(one, contexts, directory)) for one in asked]
    if format_ == "text":
        paint = output is None and wants_color(color)
        write("\n".join(_told(one["text"], told, color=paint) for one, told in judged), output)
        say("next: `microseg explain minimum-expected` says why it matters", quiet=quiet)
        return
    from microseg.formats._look import as_json, in_sight

    rows = [_as_dict(one["text"], told) for one, told in judged]
    lines = (in_sight(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)
    write("".join(lines) if format_ == "jsonl" else as_json({"version": 1, "statements": rows}), output)


def _asked(texts: list[str], kind: str, segment: str, *, jsonl: bool) -> list[dict[str, str]]:
    lines = [line for text in texts for line in (_standard_input() if text == "-" else [text])]
    if jsonl and "-" not in texts:
        lines += _standard_input()
    if not jsonl:
        return [{"text": line, "kind": kind, "segment": segment} for line in lines if line.strip()]
    return [_from_json(line, number, kind, segment) for number, line in enumerate(lines, 1) if line.strip()]


def _standard_input() -> list[str]:
    """A statement or an object a line; other signs that may end a line can stand inside both."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")


def _from_json(line: str, number: int, kind: str, segment: str) -> dict[str, str]:
    try:
        held = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError(f"line {number} is not JSON", 'each line is one object: {"text": "…", "kind": "pain"}') from None
    if not isinstance(held, dict) or not isinstance(held.get("text"), str):
        raise UsageError(f"line {number} has no `text`", 'each line is one object: {"text": "…", "kind": "pain"}')
    asked = {"text": held["text"], "kind": held.get("kind") or kind, "segment": held.get("segment") or segment}
    odd = next((name for name, value in asked.items() if not isinstance(value, str)), None)
    if odd is not None:
        raise UsageError(f"line {number}: `{odd}` is no text", 'each line is one object: {"text": "…", "kind": "pain", "segment": "k12"}')
    choose(asked["kind"], _KINDS, what="kind")
    return asked


class _Told:
    """All judgements of one statement."""

    def __init__(self, explanation: Explanation, kind: str, text: str) -> None:
        from microseg.words.person import occupation_only, persona, stereotype
        from microseg.words.wording import solution_in_disguise, vague

        self.explanation = explanation
        self.persona = persona(text) or stereotype(text) if kind == "segment" else None
        self.occupation = occupation_only(text) if kind == "segment" else None
        self.cure = solution_in_disguise(text) if kind == "pain" else None
        self.vague = vague(text) if kind != "segment" else None
        self.kind = kind


def _judge(one: dict[str, str], contexts: dict[str, Context], directory: Path) -> _Told:
    from microseg.words.explain import explain

    text = one["text"][:_LONGEST]
    kind = one["kind"]
    context = contexts.get(one["segment"])
    if context is None:
        context = contexts[one["segment"]] = _context(one["segment"], directory)
    return _Told(explain(text, context, kind="solution" if kind == "solution" else "pain"), kind, text)


def _context(segment_id: str, directory: Path) -> Context:
    from microseg.words.context import NO_CONTEXT

    if not segment_id:
        return NO_CONTEXT
    from microseg.lint.rule import Family
    from microseg.lint.statements import surroundings

    workspace = open_project(directory).workspace
    segment = find_segment(workspace, segment_id)
    parent = workspace.parent(segment)
    family = Family(parent, workspace.ancestors(parent) if parent else (), workspace.children(parent) if parent else workspace.roots)
    return surroundings(family, segment, workspace.config)


def _as_dict(text: str, told: _Told) -> dict[str, Any]:
    verdict = told.explanation.verdict
    return {
        "text": text,
        "label": verdict.label,
        "confidence": verdict.confidence,
        "family": told.explanation.family or None,
        "reason": told.explanation.reason,
        "question": told.explanation.question or None,
        "rewrite": told.explanation.rewrite or None,
        "persona": told.persona is not None,
        "solution_in_disguise": told.cure is not None,
        "vague": told.vague is not None,
        "words": [{"text": word.text, "class": word.word_class} for word in told.explanation.words],
    }


def _told(text: str, told: _Told, *, color: bool) -> str:
    from microseg.source.text import clean

    explanation = told.explanation
    lines = [_verdict_line(told)]
    if told.kind == "segment":
        lines = []
    lines.append(f"  {_painted(text, explanation) if color else clean(text)}")
    if told.kind != "segment":
        lines += [f"  {line}" for line in (*_classes(explanation), explanation.reason) if line]
        if explanation.question:
            lines += [f"  ask: {explanation.question}", f"  do: {explanation.rewrite}, {explanation.move}"]
    is_owed = explanation.verdict.label == "mer" and told.kind != "segment"
    for name, found in (("a person, not a group", told.persona), ("a job title alone", told.occupation), ("a cure in disguise", told.cure), ("vague", told.vague)):
        if found is not None and not is_owed:
            lines.append(f'  {name}: "{clean(found.words)}": {found.reason}')
    if told.kind == "segment" and told.persona is None and told.occupation is None:
        lines.append("  a group, told by what its members share")
    return "\n".join(lines) + "\n"


def _verdict_line(told: _Told) -> str:
    verdict = told.explanation.verdict
    if verdict.label == "not_english":
        return "not judged: this is not English"
    if verdict.label == "specific":
        return "a need of a segment"
    sure = "minimum expected" if verdict.confidence == "sure" else "perhaps minimum expected"
    return f"{sure} ({told.explanation.family})" if told.explanation.family else sure


def _classes(explanation: Explanation) -> list[str]:
    """The words by class, in the order of the legend, as a line each."""
    from microseg.source.text import clean

    found: dict[str, list[str]] = {}
    for word in explanation.words:
        found.setdefault(word.word_class, []).append(clean(word.text))
    order = ("quality", "generic", "group", "left")
    rows = [f"{_LEGEND[name]}: {', '.join(found[name])}" for name in order if name in found]
    return [f"struck out as {row}" if not row.startswith("left over") else row for row in rows]


def _painted(text: str, explanation: Explanation) -> str:
    from microseg.source.text import clean

    parts, position = [], 0
    for word in explanation.words:
        parts.append(clean(text[position : word.start]))
        parts.append(f"\x1b[{_COLORS[word.word_class]}m{clean(text[word.start : word.end])}\x1b[0m")
        position = word.end
    return "".join(parts) + clean(text[position:])

"""microseg explain: why a rule exists, with examples."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import Output, Quiet, choose, say, write
from microseg.errors import UsageError, short

if TYPE_CHECKING:
    from microseg.lint.rule import Rule


def run(
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="A code (MS201) or a name (minimum-expected).", autocompletion=lambda: _names(), show_default=False)] = "",
    *,
    show_all: Annotated[bool, typer.Option("--all", help="Every rule.")] = False,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, md or json.")] = "text",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Say why a rule exists, with an example flagged and mended.

    \b
    microseg explain MS201
    microseg explain minimum-expected
    microseg explain --all
    """
    from microseg.lint.rule import all_rules

    choose(format_, ("text", "md", "json"), what="format")
    if not rule and not show_all:
        write(_listing(), output)
        say("next: `microseg explain NAME` says why one exists", quiet=quiet)
        return
    if rule and show_all:
        raise UsageError("a rule and --all do not go together", "name a rule, or use --all alone")
    write(_render(all_rules() if show_all else (_named(rule),), format_), output)


def _named(rule: str) -> Rule:
    """A rule by its code, in either case, or its name. Raises UsageError with the nearest, for the list of all fills a screen."""
    from microseg.lint.rule import rules_by_name
    from microseg.source.nearest import nearest
    from microseg.source.text import clean

    known = rules_by_name()
    found = known.get(rule) or known.get(rule.upper())
    if found is None:
        near = nearest(rule, known)
        raise UsageError(f"there is no rule `{short(clean(rule))}`", f"did you mean `{near}`?" if near else "`microseg explain` lists them all")
    return found


def _names() -> list[str]:
    from microseg.lint.rule import rules_by_name

    return sorted(rules_by_name())


def _listing() -> str:
    from microseg.lint.rule import all_rules

    widest = max(len(one.name) for one in all_rules())
    return "".join(f"{one.code}  {one.name:<{widest}}  {one.severity:<7}  {_page(one).splitlines()[0]}\n" for one in all_rules())


def _page(one: Rule) -> str:
    return (import_module(one.module).__doc__ or "").strip()


def _render(rules: tuple[Rule, ...], format_: str) -> str:
    if format_ == "json":
        import json

        pages = [{"code": one.code, "name": one.name, "severity": one.severity, "page": _page(one)} for one in rules]
        return json.dumps({"version": 1, "rules": pages}, ensure_ascii=False, indent=1) + "\n"
    mark = "## " if format_ == "md" else ""
    pages_ = (f"{mark}{one.code} {one.name} ({one.severity})\n\n{_page(one) if format_ == 'md' else _plain(_page(one))}\n" for one in rules)
    return "\n".join(pages_)


def _plain(page: str) -> str:
    """A page for a terminal: headings as words, examples indented."""
    lines, inside = [], False
    for line in page.splitlines():
        if line.startswith("```"):
            inside = not inside
        elif line.startswith("## "):
            lines.append(line[3:] + ":")
        else:
            lines.append(f"    {line}" if inside else line)
    return "\n".join(lines)

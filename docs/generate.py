"""Writes the pages of docs/ that say what the code says: rules, format, command line, schemas. `--check` only compares."""

import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from microseg.briefs import page, whole
from microseg.cli.app import app
from microseg.config import Config
from microseg.criteria.definitions import PRESETS
from microseg.criteria.dimensions import BUILT_IN, CATEGORIES, category_of, operators_of
from microseg.criteria.own_dimensions import KEYS, OWNERS, TYPES
from microseg.discovery import modules_of
from microseg.formats import text as text_format
from microseg.formats._look import Look
from microseg.lint.engine import Options
from microseg.lint.rule import all_rules
from microseg.model.bind_scalars import describe
from microseg.model.evidence import EvidenceFile
from microseg.model.fields import AnyKind, ChoiceKind, CriteriaKind, Key, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, TextKind, shape_of
from microseg.model.metric import METRIC_TYPES, Metric, Reading
from microseg.model.schema import schema_of
from microseg.model.segment import Segment
from microseg.project import Project
from microseg.resources import folder

DOCS = Path(__file__).parent
FAMILIES = {
    "MS0": "Reading the files",
    "MS1": "The tree",
    "MS2": "Minimum expected requirements",
    "MS3": "Pains and solutions",
    "MS4": "Groups, not persons",
    "MS5": "Evidence",
    "MS6": "Criteria",
    "MS7": "Metrics, goals, experiments",
    "MS8": "Ownership",
    "MS9": "Suppressions",
}
SCHEMAS = ("segment", "evidence", "workspace")


def pages() -> dict[str, str]:
    """Every generated page by its path below docs/."""
    written = {"rules.md": rules_page(), "format.md": format_page(), "cli.md": cli_page()}
    written["templates.md"] = templates_page()
    written["metrics.md"] = metrics_page()
    written["terminal.svg"] = terminal_picture()
    return written | {f"schemas/{name}.schema.json": json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n" for name in SCHEMAS}


def rules_page() -> str:
    """Each rule with its page, by family, after one table of all of them."""
    lines = [
        "# The rules of `microseg lint`",
        "",
        "Every rule has a code that never changes and a name that says what it is about; either names it on the command line, in settings and in suppressions,",
        "and a family such as `MS2` names all of its rules. An **error** fails a run, a **warning** fails it with `--strict`, an **info** is shown with `--all`.",
        "While a segment is a draft, what is missing is an info: a to-do list, not a reproach.",
        "",
        "| code | name | severity | what it catches |",
        "|---|---|---|---|",
    ]
    lines += [f"| [{one.code}](#{one.code.lower()}) | {one.name} | {one.severity} | {_cell(_page(one.module).splitlines()[0])} |" for one in all_rules()]
    for family, title in FAMILIES.items():
        members = [one for one in all_rules() if one.family == family]
        if members:
            lines += ["", f"## {title}"]
        for one in members:
            lines += ["", f'<a id="{one.code.lower()}"></a>', "", f"### {one.code} {one.name}", "", f"*{one.severity}*", "", _page(one.module).replace("\n## ", "\n#### ")]
    return "\n".join(lines) + "\n"


def metrics_page() -> str:
    """Each metric type with its page, after one table of all of them."""
    modules = {one.__name__.rpartition(".")[2]: one.__name__ for one in modules_of("microseg.measure.metrics")}
    lines = [(DOCS / "metrics-intro.md").read_text(encoding="utf-8").rstrip(), "", "## The types", "", "| type | what it says |", "|---|---|"]
    lines += [f"| [`{name}`](#{name}) | {_cell(_page(modules[name]).splitlines()[0])} |" for name in METRIC_TYPES]
    for name in METRIC_TYPES:
        lines += ["", f"### {name}", "", _page(modules[name])]
    return "\n".join(lines) + "\n"


def templates_page() -> str:
    """The blocks of each shipped template, and what a brief holds."""
    lines = [(DOCS / "templates-intro.md").read_text(encoding="utf-8").rstrip(), "", "## Blocks", "", "| template | blocks |", "|---|---|"]
    for path in sorted(folder("templates").glob("*.j2")):
        blocks = dict.fromkeys(re.findall(r"{%-? block (\w+)", path.read_text(encoding="utf-8")))
        if blocks:
            lines.append(f"| `{path.name}` | {' '.join(f'`{name}`' for name in blocks)} |")
    for title, module, first in (("What a brief holds", page, page.Brief), ("What all segments together hold", whole, whole.Whole)):
        lines += ["", f"## {title}", "", f"Version {page.VERSION}.", ""]
        records = [held for held in vars(module).values() if isinstance(held, type) and hasattr(held, "__match_args__") and held.__module__ == module.__name__]
        for record in (first, *(one for one in records if one is not first)):
            lines += [f"### {record.__name__}", "", cleandoc(record.__doc__ or ""), "", "| field | type |", "|---|---|"]
            lines += [f"| `{name}` | `{_cell(kind)}` |" for name, kind in record.__annotations__.items()]
            lines.append("")
    return "\n".join(lines)


MISTAKEN = """\
name: Course creators
keyword: online courses for course creators
pain_points:
  - statement: A good UI
  - Waits three days: we lose them
ideal_solutions:
  - statement: Count a badge scanned at the classroom door as a lesson done.
    relieves: [badge-scan]
"""


def terminal_picture() -> str:
    """What a terminal shows for a workspace with three mistakes, as a picture."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "segments").mkdir()
        (root / "segments" / "creators.yaml").write_text(MISTAKEN, encoding="utf-8")
        report = Project.open(root).findings(Options(select=("MS009", "MS102", "MS201")))
        told = text_format.render(report, Look(Project.open(root).source, color=True))
    console = Console(record=True, width=124, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ microseg lint", style="bold"))
    console.print(Text.from_ansi(told))
    picture = console.export_svg(title="microseg", unique_id="terminal")
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def _page(module: str) -> str:
    return (import_module(module).__doc__ or "").strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# by the record that each shows; a test reads all of them as settings
EXAMPLES = {
    "dimensions": """\
dimensions:
  plant.count: {type: number, category: firmographic, of: account}
  plant.kind: {type: enum, of: account, values: [quarry, harbour, building site]}
""",
    "DataSettings": """\
data:
  as_of: 2026-06-30
  timezone: Europe/Berlin
  tables:
    account: {from: data/accounts.csv, key: account_id}
    user: {from: data/users.csv, key: user_id, account: account_id}
    event: {from: data/events.csv, user: user_id, at: happened, name: kind, platform: device}
    survey: {from: data/answers.csv, user: user_id, at: day, kind: question, score: answer}
    history: {from: data/changes.csv, account: account_id, at: day, dimension: what, value: new}
  dimensions:
    firmo.headcount: account.employees
    tech.crm: {column: account.crm_systems, split: ","}
""",
}


def format_page() -> str:
    """What people type: the seven keys, the rest, then the advanced ones."""
    intro = (DOCS / "format-intro.md").read_text(encoding="utf-8").rstrip()
    lines = [intro, "", "## The seven keys", "", *_table(Segment, "seven"), "", "### A pain point, to begin with", "", *_table(_record(Segment, "pain_points"), "seven")]
    lines += ["", "## The rest of a segment", "", *_table(Segment, "rest")]
    for record in _records(Segment):
        rows = _table(record, "rest", "seven")
        if len(rows) > 2:  # noqa: PLR2004 - more than the head of a table
            lines += ["", f"### {_title(record)}", "", _summary(record), "", *rows]
    lines += ["", "## Evidence", "", _summary(EvidenceFile), "", *_table(_record(EvidenceFile, "evidence"), "rest", "seven")]
    lines += ["", "## Settings: microseg.yaml", "", *_table(Config, "seven", "rest")]
    for record in _records(Config):
        if not _is_advanced(record):
            lines += ["", f"### {_title(record)}", "", _summary(record), "", *_table(record, "seven", "rest")]
    lines += ["", "## Advanced", "", "Nobody needs these on the first day.", "", "### In a segment", "", *_table(Segment, "advanced")]
    lines += ["", "### In an ideal solution", "", *_table(_record(Segment, "ideal_solutions"), "advanced"), "", "### In microseg.yaml", "", *_table(Config, "advanced")]
    lines += ["", *_own_dimensions()]
    for record in _records(Config):
        if _is_advanced(record):
            lines += ["", f"### {_title(record)}", "", _summary(record), *_example(EXAMPLES.get(record.__name__, "")), "", *_table(record, "seven", "rest", "advanced")]
    lines += ["", *_dimensions(), ""]
    return "\n".join(lines)


def _is_advanced(record: type) -> bool:
    """Does a record of the settings stand under "Advanced"? Then all its keys are told there, whatever their tier."""
    return record in {Metric, Reading} or all(_tier(one) == "advanced" for one in shape_of(record).keys)


def _example(text: str) -> list[str]:
    return ["", "```yaml", text.rstrip(), "```"] if text else []


def _own_dimensions() -> list[str]:
    """The keys of a dimension of the workspace's own, with the words that may stand behind each."""
    words = {"type": TYPES, "category": [one.id for one in CATEGORIES], "of": OWNERS}
    told = {
        "type": "What its values are.",
        "category": "Where a brief names it; left out: apart from the others.",
        "of": "Whose it is; left out: a user's or an account's.",
        "values": "The words it may have, an ordinal's in order: needed for an enum and an ordinal, allowed for a state and a set.",
    }
    rows = [f"| `{name}` | {' '.join(f'`{one}`' for one in words[name]) if name in words else 'list, each a text'}{', required' if name == 'type' else ''} | {told[name]} |" for name in KEYS]
    intro = "What you know of users or accounts beside the built-in dimensions. A name is a group and a name with a point between, in small letters; criteria then ask for it as for any other."
    return ["### Dimensions of your own", "", intro, *_example(EXAMPLES["dimensions"]), "", "| key | holds | what it says |", "|---|---|---|", *rows]


def _title(record: type) -> str:
    name = "".join(f" {c.lower()}" if c.isupper() else c for c in record.__name__).strip()
    return name.removesuffix(" settings").capitalize()


def _summary(record: type) -> str:
    return (record.__doc__ or "").strip()


def _record(record: type, name: str) -> type:
    """The record that a field of another one holds."""
    kind = next(one.kind for one in shape_of(record).keys if one.name == name)
    inner = kind.item if isinstance(kind, ListKind) else kind
    assert isinstance(inner, RecordKind)  # noqa: S101 - a mistake of this script
    return inner.record


def _records(record: type, met: set[type] | None = None) -> Iterator[type]:
    """The records below one, each once, in the order of the fields."""
    met = {record} if met is None else met
    for one in shape_of(record).keys:
        kind: Kind = one.kind
        inner = kind.item if isinstance(kind, ListKind) else kind.value if isinstance(kind, MapKind) else kind
        if isinstance(inner, RecordKind) and inner.record not in met:
            met.add(inner.record)
            yield inner.record
            yield from _records(inner.record, met)


def _table(record: type, *tiers: str) -> list[str]:
    rows = [f"| `{one.name}` | {_cell(_what(one.kind))}{', required' if one.required else ''} | {_cell(one.doc)} |" for one in shape_of(record).keys if _tier(one) in tiers]
    return ["| key | holds | what it says |", "|---|---|---|", *rows]


def _tier(one: Key) -> str:
    return one.tier


def _what(kind: Kind) -> str:
    """What a kind is, in a cell."""
    if isinstance(kind, ListKind):
        return f"list, each {_one(kind.item)}"
    if isinstance(kind, MapKind):
        return f"names, each with {_what(kind.value)}"
    if isinstance(kind, ChoiceKind):
        return " ".join(f"`{value}`" for value in kind.values)
    if isinstance(kind, RefKind):
        return f"id of a {' or '.join(kind.spaces)}{', or a text' if kind.texts else ''}"
    if isinstance(kind, RecordKind):
        return f"[{_title(kind.record).lower()}](#{_title(kind.record).lower().replace(' ', '-')})"
    words: dict[type, str] = {TextKind: "text", CriteriaKind: "criteria", NestedKind: "segment", AnyKind: "a mapping"}
    return words.get(type(kind)) or describe(kind)


def _one(kind: Kind) -> str:
    """One item of a list, in a cell."""
    if isinstance(kind, RecordKind):
        return f"a [{_title(kind.record).lower()}](#{_title(kind.record).lower().replace(' ', '-')})"
    if isinstance(kind, (RefKind, ChoiceKind)):
        return f"the {_what(kind)}" if isinstance(kind, RefKind) else f"one of {_what(kind)}"
    return {TextKind: "a text", NestedKind: "a segment", CriteriaKind: "criteria"}.get(type(kind)) or _what(kind)


def _dimensions() -> list[str]:
    criteria = (DOCS / "criteria-intro.md").read_text(encoding="utf-8").rstrip()
    rows = [f"| `{one.id}` | {category_of(one).words} | {one.type} | {one.of} | {one.windowed} | {' '.join(operators_of(one))} |" for one in BUILT_IN]
    return [criteria, "", "| dimension | category | type | of | window | operators |", "|---|---|---|---|---|---|", *rows, "", f"Ready-made definitions for `use:`: {', '.join(f'`{name}`' for name in PRESETS)}."]


def cli_page() -> str:
    """Each command with its arguments, options and examples, as the command itself says them."""
    group: Any = typer.main.get_command(app)
    lines = [(DOCS / "cli-intro.md").read_text(encoding="utf-8").rstrip()]
    for name, command in group.commands.items():
        text = (command.help or "").strip()
        body, _, examples = text.partition("\b")
        lines += ["", f"## microseg {name}", "", " ".join(body.split())]
        if examples.strip():
            lines += ["", "```console", *(f"$ {line.strip()}" for line in examples.strip().splitlines()), "```"]
        lines += ["", "| option | what it does |", "|---|---|"]
        lines += [f"| {_option(one)} | {_cell(one.help or '')} |" for one in command.params if getattr(one, "help", None)]
    return "\n".join(lines) + "\n"


def _option(one: Any) -> str:
    if one.param_type_name == "argument":
        return f"`{_cell(one.metavar or one.name.upper())}`"
    names = ", ".join(f"`{name}`" for name in sorted(one.opts, key=len, reverse=True))
    return names if one.is_flag else f"{names} `{_cell(one.metavar or one.type.name.upper())}`"


def main() -> int:
    """Write the pages, or with --check say which are stale."""
    stale = []
    for name, text in pages().items():
        path = DOCS / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    sys.stderr.write("".join(f"{'stale' if '--check' in sys.argv else 'wrote'} docs/{name}\n" for name in stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())

"""The shipped templates as Python, so that a build need not start the template engine: `python -m tools.compile_templates`.

Understands the part of Jinja that the shipped templates use and refuses the rest with file and line. What it writes lies
in microseg/briefs/shipped/, with the hashes of what it was made from; `--check` says whether that is still so.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import NamedTuple

from jinja2 import nodes

from microseg.briefs.engine import environment
from tools.compile_expressions import Names, arguments, expression

ROOT = Path(__file__).parent.parent
TEMPLATES, SHIPPED = ROOT / "templates", ROOT / "microseg" / "briefs" / "shipped"
_WHOLE = "whole: Whole, options: Options, pictures: Sequence[tuple[str, str]], flagged: int, version: str"
PARAMETERS = {
    "parts": "",
    "brief.html": "brief: Brief, options: Options, pictures: Pictures, version: str",
    "brief.md": "brief: Brief, options: Options, pictures: object, version: str",
    "index": _WHOLE,
    "overview": _WHOLE,
    "needs": _WHOLE,
    "flagged": "flagged: Sequence[Flagged], whole: Whole, options: Options, version: str",
}
# what the macros are handed; the type checker holds the templates to it
MACROS = {
    "seg": "link: Link", "node": "one: Node", "items": "texts: Sequence[str]", "target": "one: Target", "spans": "line: Sequence[Span]", "tree": "root: Node",
    "proof": "pain: Pain", "stage": "cure: Solution", "line": "row: Row", "pain_row": "pain: Pain, is_first: bool, gap: str", "pain_cells": "pain: Pain", "pain_item": "pain: Pain",
}  # fmt: skip
REMEMBERED = frozenset({"pain_row", "pain_cells", "pain_item"})  # macros whose text is kept: pains from above stand alike on the pages of all siblings
_KINDS = {'"".join(out)': "str", "out": "list[str]", "": "None"}  # of what a function returns
_KNOWN = {"numbers": "brief.numbers"}  # what is there wherever its block is shown
_HEAD = '''"""templates/{name} as Python: written by tools/compile_templates.py, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs import filters
from microseg.briefs.filters import {texts} as typed
from microseg.briefs.filters import {linked} as linked
from microseg.briefs.phrases import sentence, spelled, upper_first
{imports}from microseg.briefs.tree_text import nested, tree_rows

if TYPE_CHECKING:
    from microseg.briefs.flagged import Flagged
    from microseg.briefs.page import Brief, Link, Node, Pain, Solution, Span, Target
    from microseg.briefs.render import Options, Pictures
    from microseg.briefs.whole import Row, Whole
'''


class Place(NamedTuple):
    """Where in a module lines are written: the names that stand for other ones there, and what goes before a line."""

    names: Names
    indent: str

    def inner(self, **changed: str) -> Place:
        """One step further in, with these names."""
        return Place(self.names | changed, self.indent + "    ")


class Module:
    """One template on its way to a module."""

    def __init__(self, name: str) -> None:
        """`name` is that of the template's file."""
        self.name = name
        self.kind = name.removesuffix(".j2").rpartition(".")[2]
        self.parameters = PARAMETERS.get(name.removesuffix(".j2")) or PARAMETERS[name.partition(".")[0]]
        self.sources = {name}
        self._lines: list[str] = []
        self._waiting: list[str] = []  # what is printed next, as Python
        self._blocks: list[nodes.Block] = []
        self._count = 0

    def text(self) -> str:
        """The module."""
        parsed = self._parse(self.name)
        for one in parsed.find_all(nodes.Macro):
            self._function(one.name, f"{MACROS[one.name]}, options: Options", one.body, result='"".join(out)')
        if not self.name.startswith("parts"):
            self._function("page", f"*, {self.parameters}", [one for one in parsed.body if not isinstance(one, nodes.Macro)], result="out")
        for block in self._blocks:
            self._function(f"_{block.name}", f"out: list[str], {self.parameters}", block.body, known=_KNOWN.get(block.name, ""))
        if self._blocks:
            self._lines += ["", "", "BLOCKS = {", *(f'    "{one.name}": _{one.name},' for one in self._blocks), "}"]
        parts = f"from microseg.briefs.shipped import parts_{self.kind} as parts\n" if any(isinstance(one, nodes.Import) for one in parsed.body) else ""
        if parts:
            self.sources.add(f"parts.{self.kind}.j2")
        head = _HEAD.format(name=self.name, texts="MARKDOWN" if self.kind == "md" else "HTML", linked="linked_markdown" if self.kind == "md" else "linked_html", imports=parts)
        return head + "\n".join(self._lines) + "\n"

    @property
    def _handed(self) -> str:
        """The parameters, as they are handed on to a block."""
        return ", ".join(one.partition(":")[0].strip() for one in self.parameters.split(", ") if ":" in one)

    def _parse(self, name: str) -> nodes.Template:
        engine = environment(None, "md" if self.kind == "md" else "html")
        assert engine.loader is not None  # noqa: S101 - narrows the type
        return engine.parse(engine.loader.get_source(engine, name)[0], name)

    def _function(self, name: str, parameters: str, body: list[nodes.Node], *, result: str = "", known: str = "") -> None:
        """A macro gives a text, a page its pieces, and a block adds to those."""
        place = Place(Names(), "    ")
        self._lines += ["", "", *(["@lru_cache(maxsize=512)"] if name in REMEMBERED else []), f"def {name}({parameters}) -> {_KINDS[result]}:"]
        if result:
            self._line(place, "out: list[str] = []")
        if known:
            self._line(place, f"assert {known} is not None")
        self._body(body, place)
        self._flush(place)
        if result:
            self._line(place, f"return {result}")

    def _body(self, body: list[nodes.Node], place: Place) -> None:
        for one in body:
            writer = getattr(self, f"_write_{type(one).__name__.lower()}", None)
            if writer is None:
                raise SyntaxError(f"templates/{self.name}:{one.lineno}: {type(one).__name__} is not understood")
            writer(one, place)

    def _inner(self, head: str, body: list[nodes.Node], place: Place, **changed: str) -> None:
        """A statement with what stands below it."""
        self._flush(place)
        self._line(place, f"{head}:")
        before = len(self._lines)
        inner = place.inner(**changed)
        self._body(body, inner)
        self._flush(inner)
        if len(self._lines) == before:
            self._line(inner, "pass")

    def _write_output(self, node: nodes.Output, place: Place) -> None:
        for one in node.nodes:
            if isinstance(one, nodes.TemplateData):
                if one.data:
                    self._waiting.append(repr(one.data))
            elif isinstance(one, nodes.Call) and isinstance(one.node, nodes.Getitem) and isinstance(one.node.node, nodes.Name) and one.node.node.name == "self":
                self._flush(place)
                self._line(place, f"BLOCKS[{expression(one.node.arg, place.names).code}](out, {self._handed})")
            else:
                made = expression(one, place.names)
                self._waiting.append(made.code if made.is_markup else f"typed[{made.code}]")

    def _write_if(self, node: nodes.If, place: Place) -> None:
        if isinstance(node.test, nodes.Const) and not node.test.value:
            self._blocks += [one for one in node.body if isinstance(one, nodes.Block)]
            return
        self._inner(f"if {expression(node.test, place.names).code}", node.body, place)
        for one in node.elif_:
            self._inner(f"elif {expression(one.test, place.names).code}", one.body, place)
        if node.else_:
            self._inner("else", node.else_, place)

    def _write_for(self, node: nodes.For, place: Place) -> None:
        self._flush(place)
        self._count += 1
        number = self._count
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        renamed = {one.name: f"{one.name}_{number}" for one in targets if isinstance(one, nodes.Name)}
        asked = {one.attr for one in node.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name) and one.node.name == "loop"}
        inner = {**renamed, **{f"loop.{name}": code.format(number) for name, code in _LOOP.items()}}
        looped = expression(node.iter, place.names).code
        if asked & {"last"} or node.else_:
            self._line(place, f"all_{number} = list({looped})")
            looped = f"all_{number}"
        names = ", ".join(renamed.values())
        head = f"for at_{number}, {f'({names})' if len(renamed) > 1 else names} in enumerate({looped})" if asked else f"for {names} in {looped}"
        body: list[nodes.Node] = node.body if node.test is None else [nodes.If(node.test, node.body, [], [])]
        self._inner(head, body, place, **inner)
        if node.else_:
            self._inner(f"if not all_{number}", node.else_, place)

    def _write_block(self, node: nodes.Block, place: Place) -> None:
        self._blocks.append(node)
        self._flush(place)
        self._line(place, f"_{node.name}(out, {self._handed})")

    def _write_include(self, node: nodes.Include, place: Place) -> None:
        name = str(arguments([node.template])[0])
        self.sources.add(name)
        self._body(self._parse(name).body, place)

    def _write_import(self, node: nodes.Import, place: Place) -> None:
        """The parts are imported by the head of the module."""

    def _write_macro(self, node: nodes.Macro, place: Place) -> None:
        """Each is a function of its own."""

    def _line(self, place: Place, text: str) -> None:
        self._lines.append(place.indent + text)

    def _flush(self, place: Place) -> None:
        """Print what waits; texts that follow each other are one."""
        joined: list[str] = []
        for one in self._waiting:
            if joined and one[0] in "'\"" and joined[-1][0] in "'\"":
                joined[-1] = repr(_constant(joined[-1]) + _constant(one))
            else:
                joined.append(one)
        self._waiting = []
        if len(joined) == 1:
            self._line(place, f"out.append({joined[0]})")
        elif joined:
            self._line(place, f"out += ({', '.join(joined)})")


_LOOP = {"first": "(at_{0} == 0)", "last": "(at_{0} == len(all_{0}) - 1)", "index": "(at_{0} + 1)", "index0": "at_{0}"}


def _constant(code: str) -> str:
    import ast

    return str(ast.literal_eval(code))


def written() -> dict[str, str]:
    """The modules by their file's name."""
    names = sorted(path.name for path in TEMPLATES.glob("*.j2"))
    modules = {name: Module(name) for name in names}
    files = {f"{name.removesuffix('.j2').replace('.', '_')}.py": module.text() for name, module in modules.items()}
    sources = sorted({source for module in modules.values() for source in module.sources})
    return files | {"__init__.py": _index({name: hashlib.sha256((TEMPLATES / name).read_bytes()).hexdigest() for name in sources})}


def _index(sources: dict[str, str]) -> str:
    hashes = "".join(f'    "{name}": "{digest}",\n' for name, digest in sources.items())
    return f"""\"""The shipped templates as Python: written by tools/compile_templates.py, never by hand.

`load(template)` is the function that makes the pieces of a page; `SOURCES` has the SHA-256 of every file that went into them.
\"""

from collections.abc import Callable
from importlib import import_module

SOURCES = {{
{hashes}}}


def load(template: str) -> Callable[..., list[str]]:
    \"""What makes the page of a template, imported when it is asked for.\"""
    page: Callable[..., list[str]] = import_module(f"{{__name__}}.{{template.removesuffix('.j2').replace('.', '_')}}").page
    return page
"""


def main() -> int:
    """Write what is out of date, or with --check only say so."""
    stale = [name for name, text in written().items() if not (SHIPPED / name).exists() or (SHIPPED / name).read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        print("\n".join(f"microseg/briefs/shipped/{name} is out of date: python -m tools.compile_templates" for name in stale) or "up to date")  # noqa: T201 - its report
        return int(bool(stale))
    SHIPPED.mkdir(exist_ok=True)
    for name, text in written().items():
        if name in stale:
            (SHIPPED / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

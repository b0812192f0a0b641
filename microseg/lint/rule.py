"""All that a rule file may use: `rule`, `found`, and what each scope hands to a check.

A rule is one module under `microseg/rules/`: its docstring is its page and its tests, its file name its readable name,
and `check = rule(...)` its judgement. What a rule is handed is all it may look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from microseg.discovery import modules_of
from microseg.lint.finding import Confidence, Severity
from microseg.model.places import Place
from microseg.record import NamedTuple, record
from microseg.source.edits import TextEdit

if TYPE_CHECKING:
    import datetime
    from types import ModuleType

    from microseg.config import Config
    from microseg.criteria.dimensions import Dimensions
    from microseg.model.segment import Segment
    from microseg.source.text import SourceFile
    from microseg.words.analyse import Analysis

T = TypeVar("T")
Scope = Literal["reader", "chain", "family", "linked", "workspace"]
"""What a rule looks at. "linked" judges segment by segment, and looks only at a segment, at those above and below it, and at whoever owns or uses an id
that it uses or owns: so after an edit it may be handed the part of a workspace that holds these. Its findings stand in the segment's file."""


class Note(NamedTuple):
    """A related place, in this file or another."""

    place: Place
    message: str


class Mend(NamedTuple):
    """A fix: its title, the edits by file, and whether the meaning stays."""

    title: str
    edits: tuple[tuple[str, TextEdit], ...]
    safe: bool = True


class Found(NamedTuple):
    """What a check yields. `severity` None means the rule's own."""

    place: Place
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()
    mend: Mend | None = None
    segment: Segment | None = None
    item: str | None = None
    confidence: Confidence = "sure"
    severity: Severity | None = None
    label: str = ""
    route: str = ""  # what names the place across edits: ids and field names, never lines


class Chain(NamedTuple):
    """A segment and its ancestors, nearest first."""

    segment: Segment
    ancestors: tuple[Segment, ...]


class Family(NamedTuple):
    """A parent, its ancestors (nearest first), and its children. The roots are a family without a parent."""

    parent: Segment | None
    ancestors: tuple[Segment, ...]
    children: tuple[Segment, ...]


class Context:
    """What every check may ask for besides the things it is handed."""

    __slots__ = ("analyse", "as_of", "config", "dimensions", "memo", "near", "source")

    def __init__(self, config: Config, as_of: datetime.date | None, dimensions: Dimensions, analyse: Callable[[str], Analysis], source: Callable[[str], SourceFile]) -> None:
        """`analyse` gives what is known of a statement, `source` the texts of the files by path."""
        self.config = config
        self.as_of = as_of
        self.dimensions = dimensions
        self.analyse = analyse
        self.source = source
        self.memo: dict[str, Any] = {}  # for what several calls share within a run
        self.near: dict[Any, Any] = {}  # for what rules share about one family and its children; each family has its own

    def once(self, name: str, thing: object, work: Callable[[], T]) -> T:
        """What `work` gives, worked out once for a thing while its family is judged."""
        key = (name, id(thing))
        held = self.near.get(key)
        if held is None:
            held = self.near[key] = (work(), thing)  # the thing is held too, for its id to stay its own
        found: T = held[0]
        return found

    def column(self, place: Place) -> int:
        """The column, from 1, at which a place begins."""
        return self.source(place.path).position(place.start).column

    def line_break(self, path: str) -> str:
        """How the lines of a file end; looked for once, since a file may hold thousands of items that ask."""
        known: dict[str, str] = self.memo.setdefault("line breaks", {})
        if path not in known:
            known[path] = "\r\n" if "\r\n" in self.source(path).text else "\n"
        return known[path]

    def text(self, place: Place) -> str:
        """What stands at a place."""
        return self.source(place.path).text[place.start : place.end]


Check = Callable[..., Iterable[Found]]


@record
class Rule:
    """A rule: its code and name, what it looks at, how bad it is, and its judgement (None where the reader judges)."""

    code: str
    name: str
    scope: Scope
    severity: Severity
    module: str
    check: Check | None
    needs: tuple[str, ...] = ()  # fields of the segment (of a family: of a child); where all are empty the rule has nothing to say

    @property
    def family(self) -> str:
        """The first three characters and the digit: MS2 for MS201."""
        return self.code[:3]


def rule(code: str, *, scope: Scope, severity: Severity, needs: tuple[str, ...] = ()) -> Callable[[Check], Rule]:
    """Make a check a rule. The rule's name is its file's; `needs` saves asking it about segments that it has nothing to say of."""

    def make(check: Check) -> Rule:
        return Rule(code, _name_of(check.__module__), scope, severity, check.__module__, check, needs)

    return make


def reader_rule(code: str, module: str, *, severity: Severity) -> Rule:
    """A rule whose findings come from reading the files, so that it has a page and no check."""
    return Rule(code, _name_of(module), "reader", severity, module, None)


def _name_of(module: str) -> str:
    return module.rsplit(".", 1)[-1].replace("_", "-")


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    found = (rule_in(module) for module in modules_of("microseg.rules"))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.code))


def rule_in(module: ModuleType) -> Rule | None:
    """The rule that a module holds as `check`."""
    held = getattr(module, "check", None)
    return held if isinstance(held, Rule) else None


@lru_cache(maxsize=1)
def rules_by_name() -> dict[str, Rule]:
    """Every rule by its code and by its name."""
    return {key: one for one in all_rules() for key in (one.code, one.name)}


def matches(selector: str, one: Rule) -> bool:
    """Does a code, a name or a family (MS2) name this rule?"""
    return selector in {one.code, one.name} or (re.fullmatch(r"MS\d{1,2}", selector) is not None and one.code.startswith(selector))


def is_known(selector: str) -> bool:
    """Does a selector name any rule?"""
    return any(matches(selector, one) for one in all_rules())


def by_segment(found: Iterable[Found], segment: Segment) -> Iterator[Found]:
    """Findings about a segment, with the segment filled in."""
    return (one._replace(segment=segment) for one in found)

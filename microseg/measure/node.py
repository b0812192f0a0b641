"""A statement in pieces: the text that all engines share, and between it the few words that each spells its own way.

Names are quoted and values are bound by whoever writes the text out, so nothing that somebody typed ever becomes a part
of it. A piece is a plain tuple: what says the same is equal, and a statement of thousands of pieces costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from microseg.record import NamedTuple, replace

Kind = Literal["name", "table", "word", "place", "differing", "null"]
Say = Callable[["Token"], str | None]

DIALECTS = ("duckdb", "postgres", "spark")
# how tightly the outermost operator binds, loosest first: what is looser than its surroundings stands in brackets
OR, AND, NOT, COMPARED, ADDED, MULTIPLIED, ALONE = range(7)


class Token(NamedTuple):
    """A word that an engine spells its own way.

    `value` is: of a name, the name; of a table, the names from the outermost to its own; of a word, a text of our own
    making; of a place, the name under which a value is bound; of what differs, its spellings in the order of `DIALECTS`.
    """

    kind: Kind
    value: str | tuple[str, ...] = ""


class Sql(NamedTuple):
    """An expression: its pieces, and how tightly its outermost operator binds."""

    pieces: tuple[str | Token | Sql | Select, ...]
    level: int = ALONE

    @property
    def name(self) -> str:
        """The name of a column."""
        last = self.pieces[-1]
        return last.value if isinstance(last, Token) and isinstance(last.value, str) else ""

    def sql(self, dialect: str) -> str:
        """The text of it for an engine."""
        return written(self, dialect)


class Join(NamedTuple):
    """A table beside those before it; `is_left`: rows that find no partner stay."""

    table: Sql
    on: Sql
    is_left: bool


class Select(NamedTuple):
    """`SELECT`, with the named parts that stand before it; each method gives a changed copy."""

    columns: tuple[Sql, ...]
    source: Sql
    joins: tuple[Join, ...] = ()
    conditions: tuple[Sql, ...] = ()
    groups: tuple[Sql, ...] = ()
    having: Sql | None = None
    order: tuple[Sql, ...] = ()
    most: int | None = None
    is_distinct: bool = False
    parts: tuple[tuple[str, Select], ...] = ()

    def and_columns(self, *columns: Sql) -> Select:
        """With more columns."""
        return replace(self, columns=(*self.columns, *columns))

    def join(self, table: Sql, on: Sql, *, is_left: bool = False) -> Select:
        """With one more table beside the others."""
        return replace(self, joins=(*self.joins, Join(table, on, is_left)))

    def where(self, *conditions: Sql) -> Select:
        """Only rows for which these hold, too."""
        return replace(self, conditions=(*self.conditions, *conditions))

    def group_by(self, *columns: Sql) -> Select:
        """One row for each combination of these."""
        return replace(self, groups=columns)

    def having_that(self, condition: Sql) -> Select:
        """Only groups for which this holds."""
        return replace(self, having=condition)

    def order_by(self, *columns: Sql) -> Select:
        """In the order of these."""
        return replace(self, order=columns)

    def limit(self, most: int) -> Select:
        """So many rows at most."""
        return replace(self, most=most)

    def distinct(self) -> Select:
        """Each row once."""
        return replace(self, is_distinct=True)

    def with_parts(self, parts: Mapping[str, Select]) -> Select:
        """With named parts before it; each may speak of those before it."""
        return replace(self, parts=tuple(parts.items()))

    def subquery(self, name: str) -> Sql:
        """As a source of another."""
        return Sql(("(", self, ") AS ", Token("name", name)))

    def sql(self, dialect: str, say: Say | None = None) -> str:
        """The text of it for an engine; `say` spells tokens otherwise than the engine's dialect does (None: as it does)."""
        return written(self, dialect, say)


def written(what: Sql | Select, dialect: str, say: Say | None = None) -> str:
    """The text for an engine, a line a column."""
    found: list[str] = []
    number = DIALECTS.index(dialect)

    def spell(token: Token) -> str:
        return (None if say is None else say(token)) or _SPELLED[token.kind](token.value, number)

    _write(what, found.append, spell)
    return "".join(found)


def _write(what: Sql | Select, put: Callable[[str], None], spell: Callable[[Token], str]) -> None:
    for piece in what.pieces if isinstance(what, Sql) else _pieces(what):
        if isinstance(piece, str):
            put(piece)
        elif isinstance(piece, Token):
            put(spell(piece))
        else:
            _write(piece, put, spell)


def _pieces(select: Select) -> Iterator[str | Token | Sql | Select]:
    """A statement as pieces, with a line for each column and each part of it."""
    for number, (name, part) in enumerate(select.parts):
        yield from (", " if number else "WITH ", Token("name", name), " AS (\n", part, "\n)")
    yield ("\n" if select.parts else "") + ("SELECT DISTINCT\n  " if select.is_distinct else "SELECT\n  ")
    yield from _joined(select.columns, ",\n  ")
    yield from ("\nFROM ", select.source)
    for one in select.joins:
        yield from ("\nLEFT JOIN " if one.is_left else "\nJOIN ", one.table, " ON ", one.on)
    if select.conditions:
        yield "\nWHERE "
        yield from _joined([_in_and(one) for one in select.conditions], " AND ")
    if select.groups:
        yield "\nGROUP BY "
        yield from _joined(select.groups, ", ")
    if select.having is not None:
        yield from ("\nHAVING ", select.having)
    if select.order:
        yield "\nORDER BY "
        yield from _joined(select.order, ", ")
    if select.most is not None:
        yield f"\nLIMIT {select.most}"


def _in_and(condition: Sql) -> Sql:
    return condition if condition.level > OR else Sql(("(", condition, ")"))


def _joined(parts: tuple[Sql, ...] | list[Sql], between: str) -> Iterator[str | Sql]:
    for number, part in enumerate(parts):
        if number:
            yield between
        yield part


def tokens(what: Sql | Select) -> Iterator[Token]:
    """Every word of it that engines spell their own way."""
    for piece in what.pieces if isinstance(what, Sql) else _pieces(what):
        if isinstance(piece, Token):
            yield piece
        elif not isinstance(piece, str):
            yield from tokens(piece)


def sources(select: Select) -> Iterator[tuple[str, ...]]:
    """Every table or part that a statement reads from, as often as it does."""
    for part in (select.source, *(one.table for one in select.joins)):
        for piece in part.pieces:
            if isinstance(piece, Select):
                yield from sources(piece)
            elif isinstance(piece, Token) and piece.kind == "table":
                yield tuple(piece.value)
    for _, named in select.parts:
        yield from sources(named)


def quoted(name: str, dialect: str) -> str:
    """A name as a dialect quotes it."""
    mark = "`" if dialect == "spark" else '"'
    return mark + name.replace(mark, mark * 2) + mark


def literal(text: str, dialect: str) -> str:
    """A text of our own making, or one that is shown to be read; Spark reads backslashes and controls as a programmer writes them."""
    if dialect != "spark":
        return "'" + text.replace("'", "''") + "'"
    return "'" + "".join(_ESCAPED.get(sign) or (f"\\{ord(sign):03o}" if sign in _CONTROLS else sign) for sign in text) + "'"


_CONTROLS = frozenset(map(chr, (*range(32), *range(127, 160))))
_ESCAPED = MappingProxyType({"'": "\\'", "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def _table(names: str | tuple[str, ...], number: int) -> str:
    return ".".join(quoted(one, DIALECTS[number]) for one in names)


def _place(name: str | tuple[str, ...], number: int) -> str:
    return f":{name}" if DIALECTS[number] == "spark" else f"${name}"


_SPELLED: Mapping[Kind, Callable[[str | tuple[str, ...], int], str]] = MappingProxyType(
    {
        "name": lambda name, number: quoted(str(name), DIALECTS[number]),
        "table": _table,
        "word": lambda text, number: literal(str(text), DIALECTS[number]),
        "place": _place,
        "differing": lambda spellings, number: spellings[number],
        "null": lambda _, __: "NULL",
    }
)

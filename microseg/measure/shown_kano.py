"""Kano answers as tables: what each feature is to whom, how sure that is, and the line to paste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from microseg.measure.kano import CATEGORIES, FEWEST, FeatureResult, KanoReport, as_yaml
from microseg.tables.table import NOT_APPLICABLE, Cell, Column, Table

_EVERYBODY = "everybody"
_LETTERS = "MOAIRQ"
_MOST_BAD = 20


def tables(report: KanoReport, names: Mapping[str, str]) -> Iterator[Table]:
    """A table a feature, made as it is asked for, then the rows that could not be used. `names`: what segments are called, by id."""
    columns = (Column("For"), Column("It is"), Column("n", "int"), Column("Better", "share"), Column("Worse", "share"), Column("Lead", "share"), Column("Sure"), Column("To paste", is_sentence=True))
    for feature, held in groupby(report.results, key=lambda one: one.feature):
        yield Table(feature, columns, tuple(_row(one, names) for one in held), _NOTES if feature == report.results[-1].feature else ())
    bad = tuple((one.line, one.message) for one in report.bad[:_MOST_BAD])
    more = (f"and {len(report.bad) - _MOST_BAD:,} more",) if len(report.bad) > _MOST_BAD else ()
    if bad:
        yield Table("Rows left out", (Column("Line", "int"), Column("Why", is_sentence=True)), bad, more)


_NOTES = (
    "Better: how many a good one pleases. Worse: how many a missing one upsets. Lead: the first category before the second.",
    "Sure: the lead is no accident (Fong's test; of fewer than ten answers nobody can say). Must-be features are owed and sell nothing; paste the line under the solution, and lint knows.",
)


def _row(one: FeatureResult, names: Mapping[str, str]) -> tuple[Cell, ...]:
    name = names.get(one.segment, one.segment) or _EVERYBODY
    category = CATEGORIES[one.category] if one.category else "nobody answered"
    better, worse = one.counts.better, one.counts.worse
    figures = tuple(NOT_APPLICABLE if value is None else value for value in (better, worse, one.strength))
    return (name, category, one.n, *figures, _sure(one), as_yaml(one))


def _sure(one: FeatureResult) -> str:
    return "yes" if one.is_clear else "too few answers" if one.n < FEWEST else "no"


def tidy(report: KanoReport) -> Table:
    """One table for a program: a row for each feature and group."""
    columns = ("feature", "segment", "category", "n", *_LETTERS.lower(), "better", "worse", "strength", "sure")
    rows = tuple(
        (one.feature, one.segment, one.category, one.n, *(getattr(one.counts, letter) or 0 for letter in _LETTERS), *(NOT_APPLICABLE if value is None else value for value in (one.counts.better, one.counts.worse, one.strength)), _sure(one))
        for one in report.results
    )
    return Table("", tuple(Column(name) for name in columns), rows)

"""A Kano questionnaire as a CSV file: who answered what of which feature, and the rows that cannot be used, by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import NamedTuple

from microseg.errors import UsageError, short
from microseg.source.nearest import nearest
from microseg.source.text import clean, decode

COLUMNS = ("respondent", "feature", "functional", "dysfunctional")
GROUPS = ("segment", "account")
MOST_ROWS = 2_000_000
MOST_FEATURES = 10_000  # some megabytes of tables; people are asked about twenty
_ALSO = MappingProxyType({"user": "respondent", "user_id": "respondent", "respondent_id": "respondent", "account_id": "account", "with": "functional", "without": "dysfunctional"})
_HELP = "the first line names the columns: respondent, feature, functional, dysfunctional, and segment or account"


class Answer(NamedTuple):
    """One row: what a respondent said of a feature. `group` is the text in the segment or account column."""

    line: int
    respondent: str
    feature: str
    functional: str
    dysfunctional: str
    group: str = ""


class BadRow(NamedTuple):
    """A row that cannot be used as it stands, by its line in the file, and why."""

    line: int
    message: str


class Questionnaire(NamedTuple):
    """The answers in the order of the file. `group_column` is "segment", "account", or "" where there is neither."""

    answers: tuple[Answer, ...]
    bad: tuple[BadRow, ...]
    group_column: str


def read_questionnaire(data: bytes, name: str) -> Questionnaire:
    """The rows of a CSV file, its columns in any order, parted by commas, semicolons or tabs.

    Raises UsageError where it is no such file; a row that is wrong is told apart and the others are used.
    """
    decoded = decode(data)
    if decoded.bad_byte is not None:
        raise UsageError(f"{name} is not UTF-8", "save it as CSV UTF-8")
    text = decoded.text
    first = text.split("\n", 1)[0]
    if first.strip().lower().startswith("sep="):
        raise UsageError(f"{name} begins with the line {short(clean(first.strip()))}, which only Excel understands", "delete that line: the separator is found without it")
    separator = max(",;\t", key=first.count)
    rows = _rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), name)
    titles = next(rows, (0, None))[1]
    if not titles:
        raise UsageError(f"{name} is empty", _HELP)
    places, group = _places(titles, name)
    answers, bad = [], []
    for line, row in rows:
        if row is None:
            bad.append(BadRow(line, "the row cannot be read: a quotation mark is not closed, or a field is too long"))
            break
        if not any(cell.strip() for cell in row):
            continue
        found = _answer(line, row, places, group)
        if isinstance(found, Answer):
            answers.append(found)
        else:
            bad.append(found)
        if len(answers) > MOST_ROWS:
            raise UsageError(f"{name} has more than {MOST_ROWS:,} rows", "split it into several files")
    if len({one.feature for one in answers}) > MOST_FEATURES:
        raise UsageError(f"{name} names more than {MOST_FEATURES:,} features", "look whether the column `feature` holds what people were asked about")
    return Questionnaire(tuple(answers), tuple(bad), group)


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the line it begins in; None for one that breaks off the reading."""
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            if line == 1:
                raise UsageError(f"{name} is not a CSV file", _HELP) from None
            yield line, None
            return
        yield line, row
        line = getattr(reader, "line_num", line) + 1


def _places(titles: Sequence[str], name: str) -> tuple[dict[str, int], str]:
    """Which column is where, and the one that says which group a respondent is of."""
    plain = [title.strip().casefold().replace(" ", "_") for title in titles]
    places = {_ALSO.get(title, title): number for number, title in enumerate(plain)}
    for column in COLUMNS:
        if column not in places:
            near = nearest(column, tuple(plain))
            raise UsageError(f"{name} has no column `{column}`" + (f" (is it `{near}`?)" if near else ""), _HELP)
    return places, next((column for column in GROUPS if column in places), "")


def _answer(line: int, row: Sequence[str], places: dict[str, int], group: str) -> Answer | BadRow:
    wanted = (*COLUMNS, *((group,) if group else ()))
    if len(row) <= max(places[column] for column in COLUMNS):
        return BadRow(line, f"the row has {len(row)} fields, and its columns go up to number {max(places[column] for column in COLUMNS) + 1}")
    cells = [row[places[column]].strip() if places[column] < len(row) else "" for column in wanted]
    if not cells[0] or not cells[1]:
        return BadRow(line, f"the {'respondent' if not cells[0] else 'feature'} is missing")
    return Answer(line, *cells)

"""What a run said, which a report is made of at once, or of which only what is asked for is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.lint.finding import Finding, Report, Sums
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from microseg.project.last_run import Counted, Row, Table


class Show(NamedTuple):
    """What turns the findings of a file into text, and whether infos are shown."""

    piece: Callable[[Sequence[Finding]], str]
    infos: bool


class Shown(NamedTuple):
    """What is shown of each file, in order, what is counted in all of them, and the first rule to explain."""

    pieces: list[str]
    sums: Sums
    first: str


class Said:
    """What a run said, before any baseline: as a report, or, where that can be, file by file."""

    def __init__(self, table: Table | None, entry: Callable[[Row], bytes | None], report: Report | None = None, *, shown: Shown | None = None) -> None:
        """`entry` gives what was said of a file as the pack keeps it; where the `report` is there, it is not asked. `shown`: what has been shown already."""
        self.table = table
        self.shown = shown
        self.rows = () if table is None else tuple(table.rows)
        self.is_by_file = table is not None
        self._entry = entry
        self._report = report
        self._by_path: dict[str, list[Finding]] | None = None

    @property
    def sums(self) -> Sums:
        """All that is counted, by file."""
        return sums_of(self.rows, sum(len(row.standing) for row in self.rows))

    def report(self) -> Report:
        """All of it. Raises ValueError where a part is lost."""
        if self._report is None:
            from microseg.project.last_run import findings_of

            entries = [self._entry_of(row) for row in self.rows]
            self._report = Report(".", self.sums.segments, findings_of(entries, 0), findings_of(entries, 1))
        return self._report

    def findings_at(self, paths: Collection[str]) -> list[Finding]:
        """What was found in these files. Raises ValueError where it is lost."""
        return [one for number, row in enumerate(self.rows) if row.path in paths for one in self.findings_in(number)]

    def findings_in(self, number: int) -> Sequence[Finding]:
        """What was found in a file, by its number among the rows. Raises ValueError where it is lost."""
        from microseg.project.last_run import findings_by_path, findings_of

        row = self.rows[number]
        if self._report is None:
            return findings_of([self._entry_of(row)], 0)
        if self._by_path is None:
            self._by_path = findings_by_path(self._report.findings, [one.path for one in self.rows])
        return self._by_path[row.path]

    def _entry_of(self, row: Row) -> bytes:
        entry = self._entry(row)
        if entry is None:
            raise ValueError
        return entry


def first_among(files: Sequence[Counted | Row]) -> str:
    """The first rule to explain in any file, of errors if there are any."""
    return next((one.first for one in files if one.sums[0]), "") or next((one.first for one in files if one.first), "")


def sums_of(files: Iterable[Counted | Row], segments: int) -> Sums:
    """All that is counted in so many segments."""
    error, warning, info, silenced, fixable, with_infos = (sum(column) for column in zip(*(one.sums for one in files), strict=True))
    return Sums(error, warning, info, silenced, 0, fixable, with_infos, segments)

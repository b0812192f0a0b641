"""The end of a whole run: what all rules said, told at once or file by file, and kept for the next run to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.lint.engine import conclude, settling
from microseg.project.last_run import encoded, entries_in, findings_by_path, put_entry, table_of_rows
from microseg.project.said import Said, Shown, first_among, sums_of
from microseg.project.stage_three import hits_by_path, settle_files
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.lint.engine import Heard, Inputs, Options
    from microseg.project.last_run import Row, Table
    from microseg.project.stage_three import Keeping, Show


class Run(NamedTuple):
    """What was judged, how it was asked, what all rules said, and what keeps it, if it can be kept."""

    inputs: Inputs
    asked: Options
    heard: Heard
    keeping: Keeping | None

    def shown(self, show: Show, *, among: int) -> Said | None:
        """All of it shown file by file, by so many processes; None where it has to be told at once."""
        found = hits_by_path(self.heard.hits, self.inputs.contents)
        files = None if found is None else settle_files(found, settling(self.inputs, self.asked, self.heard.rules), show, self.keeping, among=among)
        if files is None:
            return None
        sums = sums_of((one.counts for one in files), len(self.inputs.workspace.segments))
        shown = Shown([one.shown for one in files], sums, first_among([(one.counts, one.first) for one in files]))
        if self.keeping is None:
            return Said(None, _nothing, shown=shown)
        return Said(self._keep([(one.row, one.entry) for one in files if one.row is not None], self.keeping), entries_in(self.keeping.store), shown=shown)

    def reported(self) -> Said:
        """All of it as a report."""
        report = conclude(self.inputs, self.asked, self.heard)
        found = hits_by_path(self.heard.hits, self.inputs.contents)
        if found is None or self.keeping is None:
            return Said(None, _nothing, report)
        kept, silenced = findings_by_path(report.findings, found), findings_by_path(report.suppressed, found)
        files = [self.keeping(path, found[path], (tuple(kept[path]), tuple(silenced[path]))) for path in sorted(found)]
        apart = [one for one in files if one is not None]
        return Said(self._keep(apart, self.keeping) if len(apart) == len(files) else None, entries_in(self.keeping.store), report)

    def _keep(self, files: Iterable[tuple[Row, bytes]], keeping: Keeping) -> Table:
        """Let the next run start from what was said of each file."""
        rows = []
        for row, entry in files:
            put_entry(row.said, entry, keeping.store.settled)
            rows.append(row)
        table = table_of_rows(rows, self.inputs.workspace, self.heard.hits)
        keeping.store.keep_last(keeping.key, encoded(table))
        return table


def _nothing(_: Row) -> bytes | None:
    return None

"""The end of a whole run: what all rules said, told at once or file by file, and kept for the next run to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.lint.engine import conclude, settling
from microseg.project.last_run import Told, counted, encoded, entries_in, findings_by_path, name_of, put_entry, table_of_rows
from microseg.project.said import Said, Shown, first_among, sums_of
from microseg.project.stage_three import beyond_families, hits_by_path, settle_files
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from microseg.lint.engine import Heard, Inputs, Options
    from microseg.lint.local import Hit
    from microseg.project.last_run import Counted, Row, Table
    from microseg.project.said import Show
    from microseg.project.stage_three import Keeping


class Run(NamedTuple):
    """What was judged, how it was asked, what all rules said, and what keeps it, if it can be kept."""

    inputs: Inputs
    asked: Options
    heard: Heard
    keeping: Keeping | None

    def shown(self, show: Show, *, among: int) -> Said | None:
        """All of it shown file by file, by so many processes; None where it has to be told at once."""
        found = hits_by_path(self.heard.hits, self.inputs.contents)
        if found is None:
            return None
        settle = settling(self.inputs, self.asked, self.heard.rules, infos=show.infos or self.keeping is not None)
        files = settle_files(found, settle, show, self.keeping, among=among)
        if files is None:
            return None
        counted = [one.counted for one in files]
        shown = Shown([one.shown for one in files], sums_of(counted, len(self.inputs.workspace.segments)), first_among(counted))
        if self.keeping is None:
            return Said(None, _nothing, shown=shown)
        return Said(self._keep(found, [(one.counted, one.entry) for one in files], self.keeping), entries_in(self.keeping.store), shown=shown)

    def reported(self) -> Said:
        """All of it as a report."""
        report = conclude(self.inputs, self.asked, self.heard)
        found = hits_by_path(self.heard.hits, self.inputs.contents)
        if found is None or self.keeping is None:
            return Said(None, _nothing, report)
        kept, silenced = findings_by_path(report.findings, found), findings_by_path(report.suppressed, found)
        files = []
        for path in sorted(found):
            told = Told(tuple(kept[path]), tuple(silenced[path]), beyond_families(found[path]))
            entry = self.keeping.entry(path, told)
            if not entry:
                return Said(None, _nothing, report)
            files.append((counted(told, name_of(entry)), entry))
        return Said(self._keep(found, files, self.keeping), entries_in(self.keeping.store), report)

    def _keep(self, found: Mapping[str, list[Hit]], files: Iterable[tuple[Counted, bytes]], keeping: Keeping) -> Table:
        """Let the next run start from what was found in each file, and said of it."""
        rows = []
        for path, (counts, entry) in zip(sorted(found), files, strict=True):
            put_entry(counts.said, entry, keeping.store.settled)
            rows.append(keeping.row(path, found[path], counts))
        table = table_of_rows(rows, self.inputs.workspace, self.heard.hits)
        keeping.store.keep_last(keeping.key, encoded(table))
        return table


def _nothing(_: Row) -> bytes | None:
    return None

"""rank and the site say the same: one order, one score."""

from pathlib import Path

from microseg.briefs.material import Material
from microseg.briefs.phrases import one_decimal
from microseg.briefs.whole_view import ranking
from microseg.cli.rank import setting_of
from microseg.project import Project
from microseg.rank.pains import pain_rows

SAMPLE = Path(__file__).parents[2] / "sample_workspace"


def test_each_segment_has_its_pains_in_the_same_order_with_the_same_score():
    project = Project.open(SAMPLE)
    material = Material(project.workspace, project.dimensions, digest=project.digest, as_of=None)
    setting = setting_of(project)

    told = {one.id: [(row.statement, one_decimal(row.score)) for row in pain_rows(one, setting) if row.lane == "ranked"][:3] for one in project.workspace.segments}
    shown = {one.id: [(pain[1], pain[0]) for pain in ranking(one, material).pains if pain[0].replace(".", "").isdigit()] for one in project.workspace.segments}

    assert {id_: rows[: len(shown[id_])] for id_, rows in told.items()} == shown

"""rank and the site say the same: one order, one score."""

from pathlib import Path

from microseg.briefs.material import Material
from microseg.briefs.phrases import one_decimal
from microseg.briefs.view import view_brief
from microseg.briefs.whole_view import ranking, view_whole
from microseg.cli.rank import setting_of
from microseg.lint.engine import Options
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


OWED = """name: Course creators
pain_points:
  - {id: retyped, statement: Slides are retyped lesson by lesson., importance: 8, satisfaction: 4.5}
  - {id: served, statement: A lesson is moved and its quiz goes with it., importance: 9, satisfaction: 9}
  - A good UI
"""


def lanes(root: Path, settings: str) -> tuple[list[str], list[str]]:
    """The pains that `rank` does not owe, and those that the site ranks, in any order."""
    (root / "segments").mkdir(exist_ok=True)
    (root / "microseg.yaml").write_text(f"version: 1\n{settings}")
    (root / "segments" / "creators.yaml").write_text(OWED)
    project = Project.open(root)
    material = Material(project.workspace, project.dimensions, digest=project.digest, as_of=None, source=project.source, findings=lambda: project.findings(Options()).findings)
    ranked = [row.statement for row in pain_rows(project.workspace.segments[0], setting_of(project)) if row.lane != "minimum_expected"]
    return ranked, [pain[1] for one in view_whole(material).ranking for pain in one.pains]


def test_what_every_product_owes_is_ranked_nowhere(tmp_path):
    assert lanes(tmp_path, "") == (["Slides are retyped lesson by lesson."], ["Slides are retyped lesson by lesson."])


def test_a_brief_ranks_what_rank_ranks_and_lists_the_rest_as_minimum_expected(tmp_path):
    lanes(tmp_path, "")
    (tmp_path / "segments" / "small.yaml").write_text("name: Small teams\nparent: creators\npain_points: [{statement: Fast support, id: fast, solved_by: [Answer within a day.]}]\n")
    project = Project.open(tmp_path)
    material = Material(project.workspace, project.dimensions, digest=project.digest, as_of=None, source=project.source, findings=lambda: project.findings(Options()).findings)
    creators, small = (view_brief(material, project.workspace.by_id[name]) for name in ("creators", "small"))

    assert [one.statement for one in creators.pains] == ["Slides are retyped lesson by lesson."]
    assert [(one.anchor, one.letter, one.statement, one.why) for one in creators.minimum] == [
        ("pain-served", "a", "A lesson is moved and its quiz goes with it.", "Its own scores say it is served already."),
        ("pain-67fd9f6b", "b", "A good UI", "Every product owes this."),
    ]
    assert [one.statement for one in small.pains] == ["Slides are retyped lesson by lesson."]
    assert [(one.statement, one.why, one.origin and one.origin.name) for one in small.minimum] == [
        ("Fast support", "Every product owes this. What would meet it: Answer within a day.", None),
        ("A lesson is moved and its quiz goes with it.", "Its own scores say it is served already.", "Course creators"),
        ("A good UI", "Every product owes this.", "Course creators"),
    ]
    assert (small.bet.headline, small.top.statement) == ("", "Slides are retyped lesson by lesson.")


def test_a_rule_that_is_switched_off_moves_nothing_anywhere(tmp_path):
    ranked, shown = lanes(tmp_path, "lint: {ignore: [MS201]}\n")

    assert sorted(ranked) == sorted(shown) == ["A good UI", "Slides are retyped lesson by lesson."]
